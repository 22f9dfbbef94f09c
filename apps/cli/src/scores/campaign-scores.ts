import { type BuildCampaignReportRequest, type CampaignMember, RunState } from '@oneshot/contracts';
import { type ScoreRecord, scoresTable } from '@oneshot/evaluation';
import { readArtifact } from '@oneshot/jobs';
import { badInput } from '../failure.js';
import type { ServiceOptions } from '../input/common-options.js';
import type { ScoreOptions } from '../input/score-options.js';
import { campaignOf, findRun, type WholeCampaign } from '../runs/find.js';
import { resultNumber } from '../runs/result.js';
import { withSession } from '../session/with-session.js';
import type { ScoreInput } from './read-input.js';
import type { ResultFile } from './table-work.js';

/** Reads the test accuracies of a campaign by its id, or the first digits of it. */
export async function campaignScores(id: string, options: ScoreOptions & ServiceOptions): Promise<ScoreInput> {
  const look = { involvement: 'look', onInterrupted: () => '' } as const;
  const { campaign, members } = await withSession(options, look, async ({ services }) => {
    const run = await findRun(services, id);
    if (run?.kind !== 'campaign') throw badInput(`There is no campaign "${id}". To see campaigns: oneshot list`);
    return campaignOf(services, run.run.id);
  });
  const name = String(campaign?.spec?.name ?? 'campaign');
  const records = members.filter(({ reference }) => !reference).flatMap(membersScores);
  if (records.length === 0) throw badInput(`The campaign ${name} has no scores yet.`);
  return { ...scoresTable(name, records, 'test accuracy'), campaign: campaign?.id ?? id };
}

/** Has the evaluator draw a campaign's report, with its runs, cells and curves. */
export async function campaignPage(id: string, name: string, options: ServiceOptions): Promise<ResultFile> {
  const onInterrupted = () => '';
  const bytes = await withSession(options, { involvement: 'look', onInterrupted }, async ({ services }, signal) => {
    const told = await campaignOf(services, id);
    const deadlineMs = deadlineMsFor(told.members.length);
    const { artifact } = await services.evaluator.buildCampaignReport(partsOf(told), { signal, deadlineMs });
    return readArtifact(services.registry, artifact, { signal });
  });
  return { name, read: async () => bytes };
}

/** A large report takes its time, but one that stands still must not last for ever. */
const deadlineMsFor = (members: number) => 300_000 + 200 * members;

function* partsOf({ campaign, members }: WholeCampaign): Iterable<BuildCampaignReportRequest> {
  if (campaign !== undefined) yield { part: { $case: 'campaign', value: campaign } };
  for (const value of members) yield { part: { $case: 'member', value } };
}

/**
 * One score per evaluation; a genotype retrained several times gives its method several scores
 * under one seed.
 */
function membersScores({ method, benchmark, seed, evaluations }: CampaignMember): ScoreRecord[] {
  const several = evaluations.length > 1;
  return evaluations.flatMap((run, index) => {
    const value = run.state === RunState.RUN_STATE_SUCCEEDED ? resultNumber(run, 'accuracy') : undefined;
    return value === undefined
      ? []
      : [{ method, benchmark, seed: several ? `${seed}, retraining ${index + 1}` : `${seed}`, value }];
  });
}

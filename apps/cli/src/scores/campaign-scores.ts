import { type GetCampaignResponse, RunState } from '@oneshot/contracts';
import { checkScores, type ScoreRecord } from '@oneshot/evaluation';
import { badInput } from '../failure.js';
import type { ServiceOptions } from '../input/common-options.js';
import type { ScoreOptions } from '../input/score-options.js';
import { campaignOf, findRun } from '../runs/find.js';
import { resultNumber } from '../runs/result.js';
import { withSession } from '../session/with-session.js';
import { refusing, type ScoreInput } from './read-input.js';

/** Reads the test accuracies of a campaign by its id, or the first digits of it. */
export async function campaignScores(id: string, options: ScoreOptions & ServiceOptions): Promise<ScoreInput> {
  const found: GetCampaignResponse[] = [];
  const onInterrupted = () => '';
  await withSession(options, { involvement: 'look', onInterrupted }, async ({ services }) => {
    const run = await findRun(services, id);
    if (run?.kind !== 'campaign') throw badInput(`There is no campaign "${id}". To see campaigns: oneshot list`);
    found.push(await campaignOf(services, run.run.id));
  });
  const campaign = found[0];
  const name = String(campaign?.campaign?.spec?.name ?? 'campaign');
  const records = (campaign?.members ?? []).flatMap(membersScores);
  const set = refusing(name, () => checkScores(records, 'up', options.measure ?? 'test accuracy'));
  return { set, name, source: `campaign ${name}, ${campaign?.campaign?.id ?? id}` };
}

/** One score per evaluation; a genotype retrained several times gives its method several scores under one seed. */
function membersScores({
  method,
  benchmark,
  seed,
  evaluations,
}: GetCampaignResponse['members'][number]): ScoreRecord[] {
  const several = evaluations.length > 1;
  return evaluations.flatMap((run, index) => {
    const value = run.state === RunState.RUN_STATE_SUCCEEDED ? resultNumber(run, 'accuracy') : undefined;
    return value === undefined
      ? []
      : [{ method, benchmark, seed: several ? `${seed}, retraining ${index + 1}` : `${seed}`, value }];
  });
}

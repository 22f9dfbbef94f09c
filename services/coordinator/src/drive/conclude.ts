import { summariseTwoStage, type TwoStageRecord } from '@oneshot/benchmarks';
import type { BuildCampaignReportRequest, EvaluatorServiceService, RegistryServiceService } from '@oneshot/contracts';
import { type JsonObject, type RunRecord, runMessage } from '@oneshot/jobs';
import type { ServiceClient } from '@oneshot/service-kit';
import { planOf } from '../campaign/campaign-plan.js';
import { memberMessage } from '../service/campaign-message.js';
import type { CampaignStore } from '../store/campaign-store-types.js';
import { allMembers } from './all-members.js';
import { type BenchmarkScore, createScoreTally } from './scores.js';
import { twoStageRecords } from './two-stage.js';

/** A report takes its time by its members, but one that stands still must not last for ever. */
const deadlineMsFor = (members: number) => 300_000 + 200 * members;

type Registry = Pick<ServiceClient<typeof RegistryServiceService>, 'recordLineage'>;
type Evaluator = ServiceClient<typeof EvaluatorServiceService>;

/**
 * Has the evaluator rank a campaign's members and build its report; returns the campaign's result.
 */
export function createConclude(
  campaigns: CampaignStore,
  evaluator: Evaluator,
  registry: Registry,
): (run: RunRecord) => Promise<JsonObject> {
  return async (run) => {
    const { campaign, keys } = planOf(run);
    const evaluations: string[] = [];
    const tally = createScoreTally(keys);
    const records: TwoStageRecord[] = [];
    for await (const member of allMembers(campaigns, run.id)) {
      tally.add(member);
      evaluations.push(...member.evaluations.flatMap((evaluation) => evaluation?.id || []));
      if (campaign.twoStage !== undefined) records.push(...twoStageRecords(keys, member));
    }
    const twoStage = campaign.twoStage === undefined ? {} : { twoStage: summariseTwoStage(records) };
    const { artifact, ranking } = await evaluator.buildCampaignReport(told(run, campaigns, twoStage), {
      deadlineMs: deadlineMsFor(keys.length),
    });
    if (artifact !== '') await noteReported(registry, [run.id, ...evaluations], artifact);
    const scores = tally.scores();
    return {
      ranking: ranking?.methods ?? [],
      scores,
      ...(await rankingByMaximum(scores, evaluator)),
      ...twoStage,
      report: artifact,
      seconds: (Date.now() - run.createdAt) / 1000,
    };
  };
}

/** A campaign as it is told for its report: itself, then its members. */
async function* told(
  run: RunRecord,
  campaigns: CampaignStore,
  result: JsonObject,
): AsyncIterable<BuildCampaignReportRequest> {
  const { keys } = planOf(run);
  yield { part: { $case: 'campaign', value: { ...runMessage(run), result } } };
  for await (const member of allMembers(campaigns, run.id)) {
    yield { part: { $case: 'member', value: memberMessage(keys, member) } };
  }
}

/** The ranking by the best score of each method on each benchmark, where there are several. */
async function rankingByMaximum(scores: readonly BenchmarkScore[], evaluator: Evaluator): Promise<JsonObject> {
  if (scores.every(({ count }) => count <= 1)) return {};
  const best = scores.map(({ method, benchmark, maximum }) => ({ method, benchmark, seed: 0, value: maximum }));
  const { methods } = await evaluator.rank({ scores: best });
  return { rankingByMaximum: methods };
}

/** The registry takes a thousand at once. */
const edgesAtOnce = 1000;

/** Notes in the registry what a report tells of. */
async function noteReported(registry: Registry, ids: readonly string[], report: string): Promise<void> {
  for (let begin = 0; begin < ids.length; begin += edgesAtOnce) {
    const edges = ids.slice(begin, begin + edgesAtOnce).map((from) => ({ from, relation: 'reported_in', to: report }));
    await registry.recordLineage({ edges });
  }
}

import { type EvaluatorServiceService, GetCampaignResponse, type Run } from '@oneshot/contracts';
import type { JsonObject, RunStore } from '@oneshot/jobs';
import type { ServiceClient } from '@oneshot/service-kit';
import { type Campaign, campaignSchema } from '../campaign/schema.js';
import { campaignMessage, memberKeys } from '../service/campaign-message.js';
import type { CampaignStore } from '../store/campaign-store.js';
import { type BenchmarkScore, benchmarkScores } from './scores.js';
import { twoStageOf } from './two-stage.js';

const deadlineMs = 300_000;

type Evaluator = ServiceClient<typeof EvaluatorServiceService>;

/** Has the evaluator rank a campaign's members and build its report; returns the campaign's result. */
export function createConclude(
  runs: RunStore,
  campaigns: CampaignStore,
  evaluator: Evaluator,
): (campaignId: string) => Promise<JsonObject> {
  return async (campaignId) => {
    const run = await runs.get(campaignId);
    if (run === undefined) throw new Error(`There is no campaign ${campaignId}.`);
    const keys = memberKeys(run);
    const states = await campaigns.members(campaignId);
    const found = campaignMessage(run, states);
    const twoStage = stagesOf(campaignSchema.parse(run.spec), () => twoStageOf(keys, states));
    const campaign = { ...(GetCampaignResponse.toJSON(found) as JsonObject), ...twoStage };
    const { artifact, ranking } = await evaluator.buildReport({ campaign }, { deadlineMs });
    const scores = benchmarkScores(keys, states);
    return {
      ranking: ranking?.methods ?? [],
      scores,
      ...(await rankingByMaximum(scores, evaluator)),
      ...twoStage,
      report: artifact,
      members: found.members.map(({ method, benchmark, seed, search, trainings, evaluations }) => ({
        method,
        benchmark,
        seed,
        search: search?.id ?? '',
        genotypeId: search?.result?.genotypeId ?? null,
        trainings: trainings.map(summary),
        evaluations: evaluations.map(summary),
      })),
      seconds: (Date.now() - run.createdAt) / 1000,
    };
  };
}

function stagesOf({ twoStage }: Campaign, evaluate: () => unknown): JsonObject {
  return twoStage === undefined ? {} : { twoStage: evaluate() };
}

/** The ranking by the best score of each method on each benchmark, where there are several. */
async function rankingByMaximum(scores: readonly BenchmarkScore[], evaluator: Evaluator): Promise<JsonObject> {
  if (scores.every(({ count }) => count <= 1)) return {};
  const best = scores.map(({ method, benchmark, maximum }) => ({ method, benchmark, seed: 0, value: maximum }));
  const { methods } = await evaluator.rank({ scores: best });
  return { rankingByMaximum: methods };
}

/** What tells one run from another: which it is, and what came out. */
function summary({ id, result }: Run): JsonObject {
  const fields = [
    'modelId',
    'onnx',
    'weightsDigest',
    'testAccuracy',
    'accuracy',
    'notation',
    'metrics',
    'cost',
    'latencies',
  ];
  return {
    id,
    ...Object.fromEntries(fields.flatMap((field) => (result?.[field] === undefined ? [] : [[field, result[field]]]))),
  };
}

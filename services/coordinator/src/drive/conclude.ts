import { type EvaluatorServiceService, GetCampaignResponse, type Run } from '@oneshot/contracts';
import type { JsonObject, RunStore } from '@oneshot/jobs';
import type { ServiceClient } from '@oneshot/service-kit';
import { campaignMessage } from '../service/campaign-message.js';
import type { CampaignStore } from '../store/campaign-store.js';

const deadlineMs = 300_000;

/** Has the evaluator rank a campaign's members and build its report; returns the campaign's result. */
export function createConclude(
  runs: RunStore,
  campaigns: CampaignStore,
  evaluator: ServiceClient<typeof EvaluatorServiceService>,
): (campaignId: string) => Promise<JsonObject> {
  return async (campaignId) => {
    const run = await runs.get(campaignId);
    if (run === undefined) throw new Error(`There is no campaign ${campaignId}.`);
    const found = campaignMessage(run, await campaigns.members(campaignId));
    const campaign = GetCampaignResponse.toJSON(found) as Record<string, unknown>;
    const { artifact, ranking } = await evaluator.buildReport({ campaign }, { deadlineMs });
    return {
      ranking: ranking?.methods ?? [],
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

/** What tells one run from another: which it is, and what came out. */
function summary({ id, result }: Run): JsonObject {
  const fields = ['modelId', 'onnx', 'weightsDigest', 'testAccuracy', 'accuracy'];
  return {
    id,
    ...Object.fromEntries(fields.flatMap((field) => (result?.[field] === undefined ? [] : [[field, result[field]]]))),
  };
}

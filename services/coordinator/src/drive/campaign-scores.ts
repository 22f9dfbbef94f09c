import type { CampaignScore } from '@oneshot/contracts';
import type { RunRecord } from '@oneshot/jobs';
import { canonicalDigest } from '@oneshot/nas';
import { planOf } from '../campaign/campaign-plan.js';
import type { MemberKey } from '../campaign/members.js';
import type { Campaign } from '../campaign/schema.js';
import type { MemberState } from '../reconcile/member-state.js';
import { searchSeenBy } from './selection.js';

/**
 * What members of a campaign scored, one per evaluation that succeeded, for the registry. Supernets
 * that serve as baselines are left out.
 */
export function campaignScores(run: RunRecord, members: readonly MemberState[]): readonly CampaignScore[] {
  const { campaign, keys } = planOf(run);
  return members.flatMap((member) => {
    const key = keys[member.index];
    return key === undefined || key.baseline !== undefined ? [] : memberScores(run.id, campaign, key, member);
  });
}

function memberScores(
  campaignId: string,
  campaign: Campaign,
  key: MemberKey,
  member: MemberState,
): readonly CampaignScore[] {
  const { benchmark, seed, name } = key;
  const search = searchSeenBy(key.selector, member.search);
  const common = {
    campaignId,
    campaign: campaign.name,
    method: name,
    methodSettings: methodSettings(campaign, key),
    benchmark: benchmark.name,
    benchmarkSettings: benchmarkSettings(campaign, key),
    space: text(named(benchmark.space).name),
    dataset: benchmark.data.name,
    seed,
    genotypeId: text(search?.result?.genotypeId),
    searchRunId: search?.id ?? '',
    createdAt: undefined,
  };
  return member.evaluations.flatMap((evaluation, set): CampaignScore[] => {
    const accuracy: unknown = evaluation?.result?.accuracy;
    if (evaluation === undefined || typeof accuracy !== 'number') return [];
    return [
      {
        ...common,
        retraining: key.retrain.length > 1 ? set + 1 : 0,
        accuracy,
        trainingRunId: member.trainings[set]?.id ?? '',
        evaluationRunId: evaluation.id,
        modelId: text(evaluation.result?.modelId),
      },
    ];
  });
}

/** Digest of what tells one method from another of the same name. */
function methodSettings({ selectors }: Campaign, { method, selector }: MemberKey): string {
  const chosen = selectors?.find((each) => each.name === selector);
  return canonicalDigest({ profile: named(method.profile), selector: chosen ?? null });
}

/**
 * Digest of what was the same for all methods of a benchmark: scores are comparable where it is
 * equal.
 */
function benchmarkSettings({ evaluate, retrained }: Campaign, { benchmark, retrain }: MemberKey): string {
  const { name: _, retrain: __, ...settings } = benchmark;
  return canonicalDigest({
    ...settings,
    space: named(benchmark.space),
    retrain,
    retrained: retrained ?? 'every',
    evaluate,
  });
}

/** A name alone is short for an object with that name. */
function named(value: string | Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return typeof value === 'string' ? { name: value } : value;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

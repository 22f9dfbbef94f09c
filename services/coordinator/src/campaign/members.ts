import type { Campaign, CampaignBenchmark, CampaignMethod } from './schema.js';

/** One method on one benchmark under one seed. */
export interface MemberKey {
  /** Position among the campaign's members. */
  readonly index: number;
  readonly method: CampaignMethod;
  readonly benchmark: CampaignBenchmark;
  readonly seed: number;
  /** Hyperparameter sets of the retraining, one training run each. */
  readonly retrain: readonly Readonly<Record<string, unknown>>[];
}

/**
 * Every member of a campaign. Seeds vary slowest and methods fastest, so that a campaign broken off early has compared all methods on
 * the seeds it finished.
 */
export function membersOf(campaign: Campaign): readonly MemberKey[] {
  const members: MemberKey[] = [];
  for (const seed of campaign.seeds) {
    for (const benchmark of campaign.benchmarks) {
      for (const method of campaign.methods) {
        members.push({
          index: members.length,
          method,
          benchmark,
          seed,
          retrain: benchmark.retrain ?? campaign.retrain,
        });
      }
    }
  }
  return members;
}

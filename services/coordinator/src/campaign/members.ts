import { BASELINES, type Baseline } from '@oneshot/benchmarks';
import type { Campaign, CampaignBenchmark, CampaignMethod } from './schema.js';

/** One method with one selector on one benchmark under one seed. */
export interface MemberKey {
  /** Position among the campaign's members. */
  readonly index: number;
  /**
   * What the member's method is called in rankings: with its selector where the campaign names
   * some.
   */
  readonly name: string;
  readonly method: CampaignMethod;
  /** One of the supernets on which selectors are tried alone, which is no method to be ranked. */
  readonly baseline: Baseline | undefined;
  /** Undefined: the method's own rule. */
  readonly selector: Selector | undefined;
  readonly benchmark: CampaignBenchmark;
  readonly seed: number;
  /** Hyperparameter sets of the retraining, one training run each. */
  readonly retrain: readonly Readonly<Record<string, unknown>>[];
}

export type Selector = NonNullable<Campaign['selectors']>[number]['name'];

/**
 * Every member of a campaign. Seeds vary slowest and methods fastest, so that a campaign broken off
 * early has compared all methods on the seeds it finished.
 */
export function membersOf(campaign: Campaign): readonly MemberKey[] {
  const members: MemberKey[] = [];
  const selectors: readonly (Selector | undefined)[] = campaign.selectors?.map(({ name }) => name) ?? [undefined];
  const methods = [...campaign.methods.map((method) => ({ method, baseline: undefined })), ...baselinesOf(campaign)];
  for (const seed of campaign.seeds) {
    for (const benchmark of campaign.benchmarks) {
      for (const { method, baseline } of methods) {
        for (const selector of selectors) {
          members.push({
            index: members.length,
            name: selector === undefined ? method.name : `${method.name}+${selector}`,
            method,
            baseline,
            selector,
            benchmark,
            seed,
            retrain: campaign.evaluate.tabular === undefined ? (benchmark.retrain ?? campaign.retrain) : [{}],
          });
        }
      }
    }
  }
  return members;
}

/**
 * The supernets on which a campaign's selectors are tried alone. N: nothing is trained; R: single
 * architectures, drawn at random, are.
 */
function baselinesOf({
  twoStage,
}: Campaign): readonly { readonly method: CampaignMethod; readonly baseline: Baseline }[] {
  if (twoStage?.baselines !== true) return [];
  return BASELINES.map((baseline) => {
    const untrained = baseline.startsWith('N') ? { epochs: 0 } : {};
    const profile = {
      name: baseline,
      sampler: { name: 'uniform' },
      selector: 'random',
      regularizer: { name: 'none' },
      ...untrained,
    };
    return { method: { name: baseline, profile }, baseline };
  });
}

import type { MemberKey } from '../campaign/members.js';
import type { Campaign } from '../campaign/schema.js';

type Spec = Readonly<Record<string, unknown>>;

/** The search of a member, as the searcher takes it. */
export function searchSpec({ method, benchmark, seed }: MemberKey): Spec {
  return { ...benchmark.search, space: benchmark.space, profile: method.profile, data: benchmark.data, seed };
}

/** The retraining of the genotype found, under hyperparameter set `set`. */
export function trainingSpec({ benchmark, seed, retrain }: MemberKey, set: number, genotype: Spec): Spec {
  return {
    ...benchmark.network,
    ...retrain[set],
    space: benchmark.space,
    genotype,
    data: benchmark.data,
    seed,
  };
}

/** The scoring of a model. */
export function evaluationSpec(campaign: Campaign, { benchmark }: MemberKey, modelId: string): Spec {
  return { ...campaign.evaluate, data: { name: benchmark.data.name }, modelId };
}

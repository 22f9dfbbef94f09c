import type { MemberKey } from '../campaign/members.js';
import type { Campaign, CampaignBenchmark } from '../campaign/schema.js';
import type { Selection } from './selection.js';

type Spec = Readonly<Record<string, unknown>>;

/**
 * The search of a member, as the searcher takes it. Members that differ in their selector alone
 * share it.
 */
export function searchSpec(campaign: Campaign, { method, baseline, benchmark, seed }: MemberKey): Spec {
  const { selectors, twoStage, evaluate } = campaign;
  const { baselines: _, ...assess } = twoStage ?? {};
  const informed = baseline === 'NI' || baseline === 'RI';
  return {
    ...benchmark.search,
    ...(selectors === undefined ? {} : { selectors }),
    ...(twoStage === undefined ? {} : { assess }),
    ...(informed ? { prior: evaluate.tabular } : {}),
    space: benchmark.space,
    profile: method.profile,
    data: dataOf(benchmark, 'first'),
    seed,
  };
}

/** The retraining of the genotype found, under hyperparameter set `set`. */
export function trainingSpec({ benchmark, seed, retrain }: MemberKey, set: number, { genotype }: Selection): Spec {
  return {
    seed,
    ...benchmark.network,
    ...retrain[set],
    space: benchmark.space,
    genotype,
    data: dataOf(benchmark, 'second'),
  };
}

/**
 * Fields of a data part that say which data set it is and how it is read, not what of it is trained
 * on.
 */
const fieldsOfReading = new Set(['name', 'digest', 'imageSize', 'resize', 'enlarge', 'skipUnreadable']);

/** The scoring of a model. */
export function evaluationSpec({ evaluate }: Campaign, { benchmark }: MemberKey, modelId: string): Spec {
  const { split, batch } = evaluate;
  const read = Object.entries(benchmark.data).filter(([field]) => fieldsOfReading.has(field));
  return { split, batch, data: Object.fromEntries(read), modelId };
}

/** The question to a tabular benchmark about the genotype found. */
export function lookupSpec({ evaluate }: Campaign, { genotype, assessment }: Selection): Spec {
  return { tabular: evaluate.tabular, genotype, ...(assessment === undefined ? {} : { assessment }) };
}

function dataOf({ data, disjoint }: CampaignBenchmark, half: 'first' | 'second'): Spec {
  return disjoint === true ? { ...data, half } : data;
}

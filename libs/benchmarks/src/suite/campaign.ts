import type { DartsBenchmark, Variant } from './darts-bench.js';
import { HYPERPARAMETER_SETS, SEARCH_SETTINGS, SUITE_METHODS, SUITE_PROTOCOL, type SuiteMethod } from './protocol.js';

/**
 * `paper`: as published, days on a GPU. `small`: minutes on one machine, for trying the protocol
 * out; its numbers compare with nothing.
 */
export type Fidelity = 'paper' | 'small';

type Fields = Readonly<Record<string, unknown>>;

/** A campaign as users write it: plain JSON. */
export interface SuiteCampaign {
  readonly name: string;
  readonly methods: readonly (Fields | string)[];
  readonly seeds: readonly number[];
  readonly retrained: typeof RETRAINED;
  readonly benchmarks: readonly Fields[];
  readonly retrain: readonly SuiteRetraining[];
}

/** One set of hyperparameters; what is left out is the default of retraining. */
export interface SuiteRetraining {
  readonly seed: number;
  readonly epochs: number;
  readonly batch: number;
  readonly dropPath?: number;
  readonly weights: {
    readonly learningRate: { readonly from: number; readonly every?: 'step' };
    readonly momentum?: number;
    readonly weightDecay: number;
  };
  readonly augment?: Fields;
}

const RETRAINED = 'lowest_validation_loss';

/** What each method is called among the profiles; some may not be there yet. */
const PROFILES: Readonly<Record<string, string>> = { pc_darts: 'pcdarts', drnas: 'drnas_partial' };

/**
 * PC-DARTS has a rate of its own for large batches; in the suite all methods but DrNAS and GDAS
 * take DARTS' settings (appendix B.1).
 */
const WEIGHTS_OF_DARTS = { from: 0.025, to: 0.001 };

/** Shapes of the small fidelity: so small that a step takes tenths of a second. */
const SMALL_SHAPES: Readonly<Record<Variant, Fields>> = {
  deep: { cells: 6, channels: 4, nodes: 2 },
  wide: { cells: 3, channels: 8, nodes: 3 },
  'single-cell': { cells: 1, channels: 12, nodes: 4 },
};

const SMALL = {
  trainImages: 3200,
  search: { epochs: 3, batch: 64 },
  seeds: [0, 1],
  retrain: { epochs: 6, batch: 64 },
  /** The set that was best most often in the paper (section 5), and that of DARTS itself. */
  sets: ['HP2', 'HP6'],
};

/**
 * One benchmark of the suite with its protocol, and the seven methods; the small fidelity has the
 * random control besides.
 */
export function suiteCampaign(benchmark: DartsBenchmark, fidelity: Fidelity): SuiteCampaign {
  const name = `darts-bench-${benchmark.name.replace('/', '-')}`;
  if (fidelity === 'paper') {
    return {
      name,
      methods: SUITE_METHODS.map((method) => paperMethod(method, benchmark.variant)),
      seeds: SUITE_PROTOCOL.seeds,
      retrained: RETRAINED,
      benchmarks: [suiteBenchmark(benchmark, 'paper')],
      retrain: HYPERPARAMETER_SETS.map((set) => retraining(set, SUITE_PROTOCOL.retraining)),
    };
  }
  return {
    name: `${name}-small`,
    methods: [...SUITE_METHODS.map(smallMethod), 'random'],
    seeds: SMALL.seeds,
    retrained: RETRAINED,
    benchmarks: [suiteBenchmark(benchmark, 'small')],
    retrain: smallRetraining(),
  };
}

/** Several benchmarks at the small fidelity, with the methods there are. */
export function smallSuiteCampaign(
  name: string,
  benchmarks: readonly DartsBenchmark[],
  methods: readonly string[],
): SuiteCampaign {
  const suite = SUITE_METHODS.filter((method) => methods.includes(method.name)).map((method) => {
    const { name: known, profile } = smallMethod(method);
    return { name: known, profile: { ...profile, method: known } };
  });
  return {
    name,
    methods: [...suite, ...methods.filter((method) => suite.every((known) => known.name !== method))],
    seeds: SMALL.seeds,
    retrained: RETRAINED,
    benchmarks: benchmarks.map((benchmark) => suiteBenchmark(benchmark, 'small')),
    retrain: smallRetraining(),
  };
}

function suiteBenchmark(benchmark: DartsBenchmark, fidelity: Fidelity): Fields {
  const { cells, channels, nodes, primitives, auxiliarySkip } = benchmark.space;
  const shape = fidelity === 'paper' ? { cells, channels, nodes } : SMALL_SHAPES[benchmark.variant];
  const skip = auxiliarySkip === true ? { auxiliarySkip } : {};
  return {
    name: benchmark.name.replace('/', '-'),
    space: { name: 'darts', ...shape, ...skip, primitives },
    data:
      fidelity === 'paper' ? SUITE_PROTOCOL.dataset : { name: SUITE_PROTOCOL.dataset, trainImages: SMALL.trainImages },
    disjoint: true,
    ...(fidelity === 'paper' ? {} : { search: SMALL.search }),
  };
}

function paperMethod({ name, sampler, epochs, partialConnection }: SuiteMethod, variant: Variant): Fields {
  const { learningRate } = SEARCH_SETTINGS[sampler];
  const frozen = partialConnection === undefined ? {} : { frozenEpochs: partialConnection.warmUpEpochs };
  return {
    name,
    profile: {
      method: PROFILES[name] ?? name,
      epochs,
      batch: SEARCH_SETTINGS[sampler].batch[variant],
      architecture: { learningRate, ...frozen },
      ...(name === 'pc_darts' ? { weights: { learningRate: WEIGHTS_OF_DARTS } } : {}),
    },
  };
}

/** Few epochs: learning rates fall by step, so that they end at their end. */
function smallMethod({ name, sampler }: SuiteMethod): { readonly name: string; readonly profile: Fields } {
  const weights = { learningRate: { ...(name === 'pc_darts' ? WEIGHTS_OF_DARTS : {}), every: 'step' } };
  const { learningRate } = SEARCH_SETTINGS[sampler];
  return { name, profile: { method: PROFILES[name] ?? name, architecture: { learningRate }, weights } };
}

function smallRetraining(): readonly SuiteRetraining[] {
  return HYPERPARAMETER_SETS.filter(({ name }) => SMALL.sets.includes(name)).map(({ learningRate, weightDecay }) => ({
    seed: 0,
    ...SMALL.retrain,
    dropPath: 0,
    weights: { learningRate: { from: learningRate, every: 'step' }, weightDecay },
    augment: { cutout: 0 },
  }));
}

function retraining(
  { learningRate, weightDecay }: (typeof HYPERPARAMETER_SETS)[number],
  { seed, epochs, batch, momentum }: (typeof SUITE_PROTOCOL)['retraining'],
): SuiteRetraining {
  return { seed, epochs, batch, weights: { learningRate: { from: learningRate }, momentum, weightDecay } };
}

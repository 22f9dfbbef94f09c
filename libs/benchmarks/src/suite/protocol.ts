import type { Variant } from './darts-bench.js';

/** The samplers of table 14, by whose settings every method searches. */
export type SuiteSampler = 'darts' | 'drnas' | 'gdas';

/** A method as the suite runs it (Jha et al. 2025, appendix B.1). */
export interface SuiteMethod {
  readonly name: string;
  /** The paper's name of it, as in the published tables. */
  readonly publishedAs: string;
  readonly sampler: SuiteSampler;
  readonly epochs: number;
  /** Every K-th channel takes part; with epochs during which architecture parameters are frozen. */
  readonly partialConnection?: { readonly k: number; readonly warmUpEpochs: number };
  readonly regularizer?: { readonly norm: 'l1' | 'l2'; readonly lambda: number };
}

const PARTIAL = { k: 4, warmUpEpochs: 15 };

/** The seven methods. DrNAS runs without progressive pruning. */
export const SUITE_METHODS: readonly SuiteMethod[] = [
  { name: 'darts', publishedAs: 'DARTS', sampler: 'darts', epochs: 100 },
  {
    name: 'drnas',
    publishedAs: 'DrNAS',
    sampler: 'drnas',
    epochs: 100,
    partialConnection: PARTIAL,
    regularizer: { norm: 'l2', lambda: 1 },
  },
  {
    name: 'fair_darts',
    publishedAs: 'Fair DARTS',
    sampler: 'darts',
    epochs: 100,
    regularizer: { norm: 'l1', lambda: 10 },
  },
  { name: 'gdas', publishedAs: 'GDAS', sampler: 'gdas', epochs: 300 },
  { name: 'oles', publishedAs: 'OLES', sampler: 'darts', epochs: 100 },
  { name: 'pc_darts', publishedAs: 'PC-DARTS', sampler: 'darts', epochs: 100, partialConnection: PARTIAL },
  { name: 'smooth_darts', publishedAs: 'SmoothDARTS', sampler: 'darts', epochs: 100 },
];

/**
 * Table 14. Which of the two learning rates the paper means is not said; the ratio 3 : 6 : 3 is
 * that of the methods' rates for architecture parameters.
 */
export const SEARCH_SETTINGS: Readonly<
  Record<SuiteSampler, { readonly batch: Readonly<Record<Variant, number>>; readonly learningRate: number }>
> = {
  darts: { batch: { deep: 64, wide: 96, 'single-cell': 96 }, learningRate: 3e-3 },
  drnas: { batch: { deep: 64, wide: 96, 'single-cell': 96 }, learningRate: 6e-3 },
  gdas: { batch: { deep: 320, wide: 480, 'single-cell': 480 }, learningRate: 3e-3 },
};

/** One setting under which an architecture is retrained (table 15). */
export interface HyperparameterSet {
  readonly name: string;
  readonly learningRate: number;
  readonly weightDecay: number;
}

/** HP1 to HP9: learning rates 0.025, 0.1, 0.01, each with weight decay 1e-4, 3e-4, 1e-3. */
export const HYPERPARAMETER_SETS: readonly HyperparameterSet[] = [0.025, 0.1, 0.01].flatMap((learningRate, row) =>
  [1e-4, 3e-4, 1e-3].map((weightDecay, column) => ({ name: `HP${3 * row + column + 1}`, learningRate, weightDecay })),
);

/** What all benchmarks and methods share (appendix B). */
export const SUITE_PROTOCOL = {
  dataset: 'cifar10',
  /**
   * Share of the training images for the search, itself halved into training and validation; the
   * rest is for retraining.
   */
  searchShare: 0.5,
  searchTrainingShare: 0.5,
  seeds: [0, 1, 2],
  /** Of the seeds' architectures the one with the lowest validation loss is retrained. */
  selection: 'lowest-validation-loss',
  search: {
    weights: { momentum: 0.9, weightDecay: 3e-4, schedule: 'cosine' },
    architecture: { beta1: 0.5, beta2: 0.999, weightDecay: 1e-3 },
  },
  retraining: { epochs: 300, batch: 512, momentum: 0.9, seed: 0 },
  /** Of the test accuracies over all hyperparameter sets. */
  reported: ['mean', 'maximum'],
} as const;

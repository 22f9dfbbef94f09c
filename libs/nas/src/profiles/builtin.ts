import type { SelectorName } from './components.js';
import type { Profile } from './schema.js';

/** A built-in method: everything but the selector, which depends on the space. */
export interface Method {
  readonly summary: string;
  readonly profile: Omit<Profile, 'selector'>;
  readonly selectors: {
    /** Where two edges are kept per node. */
    readonly twoEdges: SelectorName;
    /** Where every choice takes one option. */
    readonly everyChoice: SelectorName;
  };
}

/** DARTS (Liu et al. 2019, section 3.1). */
const darts: Method['profile'] = {
  name: 'darts',
  sampler: { name: 'softmax' },
  regularizer: { name: 'l2', weightDecay: 1e-3 },
  mutations: [],
  edgeNormalisation: false,
  epochs: 50,
  batch: 64,
  recompute: false,
  weights: {
    learningRate: { from: 0.025, to: 0.001, every: 'epoch' },
    momentum: 0.9,
    nesterov: false,
    weightDecay: 3e-4,
    clip: 5,
  },
  architecture: {
    learningRate: 3e-4,
    beta1: 0.5,
    beta2: 0.999,
    initialScale: 1e-3,
    order: 'first',
    step: 'before_weights',
    frozenEpochs: 0,
  },
  augment: { crop: 4, flip: true, cutout: 0 },
};

/** DrNAS (Chen et al. 2021), as its authors run it on NAS-Bench-201 without progressive learning. */
const drnas: Method['profile'] = { ...darts, name: 'drnas', sampler: { name: 'dirichlet' }, epochs: 100 };

const strongest = { twoEdges: 'two_edges', everyChoice: 'arg_max' } as const;

/** The built-in methods by name. */
export const METHODS = {
  darts: {
    summary: 'softmax over all operations, first order (Liu et al. 2019)',
    profile: darts,
    selectors: strongest,
  },
  darts_second_order: {
    summary: 'DARTS looking one weight step ahead (Liu et al. 2019, eqs. 7 and 8)',
    profile: { ...darts, name: 'darts_second_order', architecture: { ...darts.architecture, order: 'second' } },
    selectors: strongest,
  },
  gdas: {
    summary: 'one Gumbel-drawn operation per edge (Dong and Yang 2019)',
    profile: {
      ...darts,
      name: 'gdas',
      sampler: { name: 'gumbel', temperature: { from: 10, to: 0.1 }, variant: 'official' },
      epochs: 250,
      weights: { ...darts.weights, nesterov: true },
      architecture: { ...darts.architecture, step: 'after_weights' },
    },
    selectors: { ...strongest, twoEdges: 'two_pairs' },
  },
  pcdarts: {
    summary: 'DARTS on a quarter of the channels, with edge normalisation (Xu et al. 2020)',
    profile: {
      ...darts,
      name: 'pcdarts',
      mutations: [{ name: 'partial_connection', keep: 4 }],
      edgeNormalisation: true,
      batch: 256,
      weights: { ...darts.weights, learningRate: { from: 0.1, to: 0, every: 'epoch' } },
      architecture: { ...darts.architecture, learningRate: 6e-4, frozenEpochs: 15 },
    },
    selectors: strongest,
  },
  drnas: {
    summary: 'architecture weights drawn from a Dirichlet, in one stage on all channels (Chen et al. 2021)',
    profile: drnas,
    selectors: strongest,
  },
  drnas_partial: {
    summary:
      'DrNAS on a quarter of the channels, in one stage: its progressive schedule of two stages is not here (Jha et al. 2025, B.1)',
    profile: {
      ...drnas,
      name: 'drnas_partial',
      mutations: [{ name: 'partial_connection', keep: 4 }],
      architecture: { ...drnas.architecture, frozenEpochs: 15 },
    },
    selectors: strongest,
  },
  random: {
    summary: 'a genotype drawn uniformly, nothing trained: the honest control',
    profile: { ...darts, name: 'random', sampler: { name: 'uniform' }, regularizer: { name: 'none' }, epochs: 0 },
    selectors: { twoEdges: 'random', everyChoice: 'random' },
  },
} as const satisfies Record<string, Method>;

export type MethodName = keyof typeof METHODS;

/** The names of all built-in methods. */
export const METHOD_NAMES = Object.keys(METHODS) as readonly MethodName[];

/** A built-in method by name; undefined if there is none. */
export function findMethod(name: string): Method | undefined {
  return Object.entries<Method>(METHODS).find(([known]) => known === name)?.[1];
}

import type { Profile } from '../parts/profile.js';
import { defineMethod } from './registry.js';

/** DARTS (Liu et al. 2019, section 3.1); what other profiles do not say is as here. */
export const darts: Omit<Profile, 'selector'> = {
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

/** The strongest operations: of two edges per node, or of every choice. */
export const strongest = ['two_edges', 'arg_max'] as const;

defineMethod({
  summary: 'softmax over all operations, first order',
  source: 'Liu et al. 2019, eqs. 2 to 6',
  profile: darts,
  selectors: strongest,
});

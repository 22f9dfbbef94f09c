import type { Profile } from '../parts/profile.js';
import { darts } from './darts.js';
import { defineMethod } from './registry.js';

/**
 * Guo et al. 2020, section 4, authors' code: of the 150,000 iterations at batch 1,024 that 120
 * epochs of ImageNet are. Label smoothing is not here, nor is clipping, hence its bound.
 */
export const spos: Omit<Profile, 'selector'> = {
  ...darts,
  name: 'spos',
  sampler: { name: 'uniform', architectures: true },
  regularizer: { name: 'none' },
  finalSelector: { name: 'evolution' },
  epochs: 120,
  batch: 1024,
  weights: {
    learningRate: { schedule: 'linear', from: 0.5, to: 0, every: 'step' },
    momentum: 0.9,
    nesterov: false,
    weightDecay: 4e-5,
    clip: 1e6,
  },
};

defineMethod({
  summary: 'single paths drawn uniformly, one a step; then evolution with the weights they share',
  source: 'Guo et al. 2020, section 4, and authors’ code',
  profile: spos,
  selectors: ['random'],
});

import type { Profile } from '../parts/profile.js';
import { darts } from './darts.js';
import { defineMethod } from './registry.js';

/**
 * ROME (Wang et al. 2023, section 4.1 and table 5): what the paper does not say is as in DARTS, the
 * temperature as in GDAS.
 */
const rome: Omit<Profile, 'selector'> = {
  ...darts,
  name: 'rome',
  sampler: { name: 'rome', version: 'v2', temperature: { from: 10, to: 0.1 } },
  draws: 7,
  weights: { ...darts.weights, learningRate: { from: 0.05, to: 0.001, every: 'epoch' } },
};

defineMethod({
  summary: 'two edges a node and one operation on each, drawn apart by β and α; seven such networks a step',
  source: 'Wang et al. 2023, algorithm 1, section 4.1',
  profile: rome,
  selectors: ['likeliest', 'arg_max'],
});

defineMethod({
  summary: 'ROME with a β for each pair of edges',
  source: 'Wang et al. 2023, algorithm 1, section 3.4.1',
  profile: { ...rome, name: 'rome_v1', sampler: { ...rome.sampler, version: 'v1' } },
  selectors: ['likeliest'],
});

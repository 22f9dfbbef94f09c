import { darts } from './darts.js';
import { defineMethod } from './registry.js';

defineMethod({
  summary: 'independent sigmoid weights, driven to 0 or 1',
  source: 'Chu et al. 2020, section 5.1, and authors’ code',
  profile: {
    ...darts,
    name: 'fairdarts',
    sampler: { name: 'sigmoid' },
    regularizer: { name: 'zero_one', scale: 10, distance: 'squared' },
    batch: 128,
    weights: { ...darts.weights, learningRate: { from: 0.005, to: 0.001, every: 'epoch' } },
    architecture: { ...darts.architecture, learningRate: 3e-3, beta1: 0.9, initialScale: 0 },
  },
  selectors: ['two_edges_sigmoid', 'arg_max'],
});

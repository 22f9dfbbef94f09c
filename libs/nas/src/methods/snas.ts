import { darts, strongest } from './darts.js';
import { defineMethod } from './registry.js';

defineMethod({
  summary: 'softmax of α with Gumbel noise, which learns together with the weights from the same images',
  source: 'Xie et al. 2019, eq. 5 and section 3.1',
  profile: {
    ...darts,
    name: 'snas',
    sampler: { name: 'gumbel_softmax', temperature: { from: 1, to: 0.1 } },
    epochs: 150,
    weights: { ...darts.weights, learningRate: { from: 0.025, to: 0, every: 'epoch' } },
    architecture: { ...darts.architecture, order: 'single_level' },
  },
  selectors: strongest,
});

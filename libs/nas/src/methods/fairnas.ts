import { defineMethod } from './registry.js';
import { spos } from './spos.js';

/** Its authors search for accuracy, size and cost at once; here it is evolution for accuracy. */
defineMethod({
  summary: 'every option of every choice trained exactly once a step, along as many single paths as there are options',
  source: 'Chu et al. 2021, algorithm 1 and section 4.2',
  profile: {
    ...spos,
    name: 'fairnas',
    sampler: { name: 'fair' },
    epochs: 150,
    batch: 256,
    weights: { ...spos.weights, learningRate: { from: 0.045, to: 0, every: 'epoch' } },
  },
  selectors: ['random'],
});

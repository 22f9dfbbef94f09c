import { darts } from './darts.js';
import { defineMethod } from './registry.js';

/** The authors measure 1,000 architectures on ten batches each. */
defineMethod({
  summary: 'random search with weight sharing: architectures drawn uniformly, one a step',
  source: 'Li and Talwalkar 2019, section 4.2, and authors’ code',
  profile: {
    ...darts,
    name: 'rsps',
    sampler: { name: 'uniform', architectures: true },
    regularizer: { name: 'none' },
    finalSelector: { name: 'random_search', candidates: 1000, images: 640 },
    epochs: 150,
    weights: { ...darts.weights, clip: 1 },
  },
  selectors: ['random'],
});

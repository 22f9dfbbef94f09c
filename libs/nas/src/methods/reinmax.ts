import { darts, strongest } from './darts.js';
import { defineMethod } from './registry.js';

/** In place of GDAS' draw (Liu et al. 2023, section 5), hence with its steps and epochs. */
defineMethod({
  summary: 'one operation an edge drawn from the softmax of α, with a gradient of second order',
  source: 'Liu et al. 2023, algorithm 2 and section 5',
  profile: {
    ...darts,
    name: 'reinmax',
    sampler: { name: 'reinmax', temperature: { from: 1, to: 1 } },
    epochs: 250,
    weights: { ...darts.weights, nesterov: true },
    architecture: { ...darts.architecture, step: 'after_weights' },
  },
  selectors: strongest,
});

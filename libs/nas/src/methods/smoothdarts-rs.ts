import { darts, strongest } from './darts.js';
import { defineMethod } from './registry.js';

defineMethod({
  summary: 'DARTS whose weights learn under architecture weights with random noise',
  source: 'Chen and Hsieh 2020, section 4.1, and authors’ code',
  profile: {
    ...darts,
    name: 'smoothdarts_rs',
    perturbation: { name: 'random', radius: { from: 0.03, to: 0.3 } },
  },
  selectors: strongest,
});

import { darts, strongest } from './darts.js';
import { defineMethod } from './registry.js';

defineMethod({
  summary: 'DARTS whose weights learn under the architecture weights nearby that are worst for them',
  source: 'Chen and Hsieh 2020, section 4.2, and authors’ code',
  profile: {
    ...darts,
    name: 'smoothdarts_adv',
    perturbation: { name: 'adversarial', radius: { from: 0.03, to: 0.3 }, steps: 7 },
  },
  selectors: strongest,
});

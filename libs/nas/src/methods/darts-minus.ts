import { darts, strongest } from './darts.js';
import { defineMethod } from './registry.js';

defineMethod({
  summary: 'DARTS with a skip connection beside every edge, whose weight falls to 0, so that α need not pay for it',
  source: 'Chu et al. 2021, section 3.3 and algorithm 1; settings of DARTS',
  profile: {
    ...darts,
    name: 'darts_minus',
    mutations: [{ name: 'auxiliary_skip', from: 1, decay: 'linear' }],
  },
  selectors: strongest,
});

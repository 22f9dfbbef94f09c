import { darts, strongest } from './darts.js';
import { defineMethod } from './registry.js';

defineMethod({
  summary: 'DARTS looking one weight step ahead',
  source: 'Liu et al. 2019, eqs. 7 and 8',
  profile: { ...darts, name: 'darts_second_order', architecture: { ...darts.architecture, order: 'second' } },
  selectors: strongest,
});

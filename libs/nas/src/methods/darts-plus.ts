import { darts, strongest } from './darts.js';
import { defineMethod } from './registry.js';

defineMethod({
  summary: 'DARTS that ends when its normal cell has two skip connections',
  source: 'Liang et al. 2019, criterion 1',
  profile: { ...darts, name: 'darts_plus', stop: { name: 'skip_count', count: 2, patience: 1 } },
  selectors: strongest,
});

import { darts } from './darts.js';
import { defineMethod } from './registry.js';

defineMethod({
  summary: 'a genotype drawn uniformly, nothing trained: the honest control',
  source: 'Li and Talwalkar 2019',
  profile: { ...darts, name: 'random', sampler: { name: 'uniform' }, regularizer: { name: 'none' }, epochs: 0 },
  selectors: ['random'],
});

import { keepsTwoEdges } from '../selectors/selector.js';
import { darts } from './darts.js';
import { defineMethod } from './registry.js';

defineMethod({
  summary: 'one Gumbel-drawn operation per edge',
  source: 'Dong and Yang 2019, eqs. 3 to 6',
  profile: {
    ...darts,
    name: 'gdas',
    sampler: { name: 'gumbel', temperature: { from: 10, to: 0.1 }, variant: 'official' },
    epochs: 250,
    weights: { ...darts.weights, nesterov: true },
    architecture: { ...darts.architecture, step: 'after_weights' },
  },
  // As its authors' code for each space.
  inSpace: (space) => (keepsTwoEdges(space) ? { sampler: { variant: 'drawn' } } : {}),
  selectors: ['two_pairs', 'arg_max'],
});

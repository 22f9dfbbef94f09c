import { darts, strongest } from './darts.js';
import { defineMethod } from './registry.js';

defineMethod({
  summary: 'DARTS on a quarter of the channels, with edge normalisation',
  source: 'Xu et al. 2020, sections 3.2 and 3.3',
  profile: {
    ...darts,
    name: 'pcdarts',
    mutations: [{ name: 'partial_connection', keep: 4 }],
    edgeNormalisation: true,
    batch: 256,
    weights: { ...darts.weights, learningRate: { from: 0.1, to: 0, every: 'epoch' } },
    architecture: { ...darts.architecture, learningRate: 6e-4, frozenEpochs: 15 },
  },
  selectors: strongest,
});

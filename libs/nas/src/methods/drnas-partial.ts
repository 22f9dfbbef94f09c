import { strongest } from './darts.js';
import { drnas } from './drnas.js';
import { defineMethod } from './registry.js';

defineMethod({
  summary: 'DrNAS on a quarter of the channels, in one stage: its progressive schedule of two stages is not here',
  source: 'Chen et al. 2021; Jha et al. 2025, appendix B.1',
  profile: {
    ...drnas,
    name: 'drnas_partial',
    mutations: [{ name: 'partial_connection', keep: 4 }],
    architecture: { ...drnas.architecture, frozenEpochs: 15 },
  },
  selectors: strongest,
});

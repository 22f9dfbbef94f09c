import { defineSelector } from './registry.js';
import { keepsTwoEdges, selectEdgeSets } from './selector.js';

/**
 * Topology and operations apart (Wang et al. 2023, section 3.3): edges by β alone, then operations
 * by α.
 */
defineSelector({
  name: 'likeliest_edges',
  summary:
    'per node the two likeliest edges, whatever runs on them, each with its likeliest operation other than `none`',
  source: 'Wang et al. 2023, section 3.3',
  readsAlpha: true,
  readsTopology: true,
  fits: keepsTwoEdges,
  select: (input) => selectEdgeSets(input, (weight) => weight),
});

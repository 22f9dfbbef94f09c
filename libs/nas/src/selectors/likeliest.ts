import { defineSelector } from './registry.js';
import { keepsTwoEdges, selectEdgeSets } from './selector.js';

/**
 * ROME (Wang et al. 2023, algorithm 1, line 14): the architecture z with the largest p(z; α, β),
 * the product of the probabilities of its edges and of their operations (eq. 9).
 */
defineSelector({
  name: 'likeliest',
  summary:
    'the likeliest architecture: per node the two edges whose probability times that of their best operations is largest',
  source: 'Wang et al. 2023, eq. 9 and algorithm 1',
  readsAlpha: true,
  readsTopology: true,
  fits: keepsTwoEdges,
  select: (input) =>
    selectEdgeSets(input, (weight, probabilities) => probabilities.reduce((product, each) => product * each, weight)),
});

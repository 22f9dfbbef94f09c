import { defineSelector } from './registry.js';
import { byScore, keepsTwoEdges, scoredOperations, selectPerNode } from './selector.js';

/**
 * GDAS in the DARTS space (authors' code): per node the two best pairs of operation and edge by
 * softmax weight, `none` left out; both may read the same state.
 */
defineSelector({
  name: 'two_pairs',
  summary: 'per node the two heaviest pairs of operation and edge',
  source: 'Dong and Yang 2019, authors’ code',
  readsAlpha: true,
  fits: keepsTwoEdges,
  select: (input) =>
    selectPerNode(input, (entering) =>
      entering
        .flatMap((scored) => scoredOperations(scored))
        .sort(byScore)
        .slice(0, 2)
        .map(({ op, from }) => ({ op, from })),
    ),
});

import { byScore, keepsTwoEdges, type Selector, scoredOperations, selectPerNode } from './selector.js';

/**
 * GDAS in the DARTS space (authors' code): per node the two best pairs of operation and edge by softmax weight, `none` left out;
 * both may read the same state.
 */
export const twoPairsSelector: Selector = {
  name: 'two_pairs',
  fits: keepsTwoEdges,
  select: (input) =>
    selectPerNode(input, (entering) =>
      entering
        .flatMap((scored) => scoredOperations(scored))
        .sort(byScore)
        .slice(0, 2)
        .map(({ op, from }) => ({ op, from })),
    ),
};

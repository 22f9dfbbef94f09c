import { byScore, keepsTwoEdges, type Selector, scoredOperations, selectPerNode } from './selector.js';

/**
 * DARTS (Liu et al. 2019, section 2.4): per node the two edges whose strongest operation other than `none` has the largest softmax
 * weight, each with that operation. With edge normalisation the weights of the edges count too (PC-DARTS, Xu et al. 2020). DrNAS reads its α the
 * same way (authors' code).
 */
export const twoEdgesSelector: Selector = {
  name: 'two_edges',
  fits: keepsTwoEdges,
  select: (input) =>
    selectPerNode(input, (entering) =>
      entering
        .flatMap((scored) => [...scoredOperations(scored)].sort(byScore).slice(0, 1))
        .sort(byScore)
        .slice(0, 2)
        .map(({ op, from }) => ({ op, from })),
    ),
};

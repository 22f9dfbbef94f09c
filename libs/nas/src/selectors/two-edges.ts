import { defineSelector } from './registry.js';
import { keepsTwoEdges, selectTwoEdges } from './selector.js';

/**
 * DARTS (Liu et al. 2019, section 2.4): per node the two edges whose strongest operation other than
 * `none` has the largest softmax weight, each with that operation. With edge normalisation the
 * weights of the edges count too (PC-DARTS, Xu et al. 2020). DrNAS reads its α the same way
 * (authors' code).
 */
defineSelector({
  name: 'two_edges',
  summary: 'per node the two edges whose best operation other than `none` weighs most',
  source: 'Liu et al. 2019, section 2.4; Xu et al. 2020',
  readsAlpha: true,
  fits: keepsTwoEdges,
  select: (input) => selectTwoEdges(input),
});

import { logistic } from '../samplers/sigmoid.js';
import { defineSelector } from './registry.js';
import { keepsTwoEdges, selectTwoEdges } from './selector.js';

/**
 * FairDARTS (Chu et al. 2020, section 4.3): operations are compared by the sigmoid of their α, so
 * that an edge is not weaker for having several good ones. The authors leave out an operation below
 * a threshold (0.85 in their code), so that a node may have one input or none; networks here keep
 * two edges per node always.
 */
defineSelector({
  name: 'two_edges_sigmoid',
  summary: 'per node the two edges whose best operation other than `none` has the largest sigmoid of α',
  source: 'Chu et al. 2020, section 4.3, without its threshold',
  readsAlpha: true,
  fits: keepsTwoEdges,
  select: (input) => selectTwoEdges(input, (row) => row.map(logistic)),
});

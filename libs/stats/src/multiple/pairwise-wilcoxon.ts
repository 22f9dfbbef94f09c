import { type WilcoxonOptions, wilcoxonSignedRank } from '../hypothesis/wilcoxon-signed-rank.js';
import { checkedMatrix, columnOf, type MatrixInput } from '../matrix.js';
import type { Adjustment } from './adjust.js';
import { type PairwiseResult, pairwiseResult } from './pairwise.js';

/**
 * Wilcoxon's signed-rank test of every pair of methods, two-sided, adjusted over all k(k − 1)/2
 * pairs (García and Herrera 2008; Benavoli et al. 2016, who prefer it to Nemenyi's test because a
 * pair's result then does not hang on which other methods are in the table).
 *
 * @param scores `[benchmarks, methods]`
 * @param adjustment default `holm`
 * @throws StatisticsError `too-few` (fewer than 2 benchmarks or methods), `length-mismatch`,
 * `missing-cell`, `not-finite`
 */
export function pairwiseWilcoxon(
  scores: MatrixInput,
  adjustment: Adjustment = 'holm',
  options: Omit<WilcoxonOptions, 'alternative'> = {},
): PairwiseResult {
  const matrix = checkedMatrix(scores, 'scores', 2, 2);
  const columns = Array.from({ length: matrix.columns }, (_, method) => columnOf(matrix, method));
  const p: number[] = [];
  for (const [i, x] of columns.entries()) {
    for (const y of columns.slice(0, i)) p.push(wilcoxonSignedRank(x, y, options).pValue);
  }
  return pairwiseResult(p, columns.length, adjustment);
}

import { type WilcoxonOptions, wilcoxonSignedRank } from '../hypothesis/wilcoxon-signed-rank.js';
import { checkedMatrix, columnOf, type Matrix, type MatrixInput } from '../matrix.js';
import { type Adjustment, adjustPValues } from './adjust.js';

export interface PairwiseWilcoxonResult {
  /** `[methods, methods]`, symmetric, 1 on the diagonal; of each pair alone. */
  readonly pValues: Matrix;
  /** The same, adjusted for all pairs. */
  readonly adjustedPValues: Matrix;
}

/**
 * Wilcoxon's signed-rank test of every pair of methods, two-sided, adjusted over all k(k − 1)/2 pairs (García and Herrera 2008; Benavoli et
 * al. 2016, who prefer it to Nemenyi's test because a pair's result then does not hang on which other methods are in the table).
 *
 * @param scores `[benchmarks, methods]`
 * @param adjustment default `holm`
 * @throws StatisticsError `too-few` (fewer than 2 benchmarks or methods), `length-mismatch`, `missing-cell`, `not-finite`
 */
export function pairwiseWilcoxon(
  scores: MatrixInput,
  adjustment: Adjustment = 'holm',
  options: Omit<WilcoxonOptions, 'alternative'> = {},
): PairwiseWilcoxonResult {
  const matrix = checkedMatrix(scores, 'scores', 2, 2);
  const columns = Array.from({ length: matrix.columns }, (_, method) => columnOf(matrix, method));
  const p: number[] = [];
  for (const [i, x] of columns.entries()) {
    for (const y of columns.slice(0, i)) p.push(wilcoxonSignedRank(x, y, options).pValue);
  }
  return {
    pValues: symmetric(p, columns.length),
    adjustedPValues: symmetric(adjustPValues(p, adjustment), columns.length),
  };
}

/** The matrix of which `lower` is the part below the diagonal, row by row. */
function symmetric(lower: ArrayLike<number>, size: number): Matrix {
  const values = new Float64Array(size * size);
  let at = 0;
  for (let i = 0; i < size; i++) {
    values[i * size + i] = 1;
    for (let j = 0; j < i; j++) {
      const p = lower[at++] as number;
      values[i * size + j] = p;
      values[j * size + i] = p;
    }
  }
  return { rows: size, columns: size, values };
}

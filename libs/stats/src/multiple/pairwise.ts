import type { Matrix } from '../matrix.js';
import { type Adjustment, adjustPValues } from './adjust.js';

/** A two-sided test of every pair of methods. */
export interface PairwiseResult {
  /** `[methods, methods]`, symmetric, 1 on the diagonal; of each pair alone. */
  readonly pValues: Matrix;
  /** The same, adjusted for all pairs. */
  readonly adjustedPValues: Matrix;
}

/** @param lower p-values of the pairs below the diagonal, row by row */
export function pairwiseResult(lower: readonly number[], methods: number, adjustment: Adjustment): PairwiseResult {
  return {
    pValues: symmetric(lower, methods),
    adjustedPValues: symmetric(adjustPValues(lower, adjustment), methods),
  };
}

/**
 * The matrix of which `lower` is the part below the diagonal, row by row, with 1 on the diagonal.
 */
export function symmetric(lower: ArrayLike<number>, size: number): Matrix {
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

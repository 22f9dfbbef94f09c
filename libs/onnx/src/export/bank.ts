import { OnnxError } from '../error.js';

/** The numbers of one block while its schedule is written out. */
export interface Bank {
  readonly weights: Float32Array;
  /** Running mean and variance. */
  readonly statistics: Float32Array;
  /** Coefficient of each mix entry. */
  readonly mix: Float32Array;
}

/** A stretch of a bank; refuses one that reaches beyond its end. */
export function stretch(values: Float32Array, offset: number, count: number, field: string): Float32Array {
  if (offset < 0 || offset + count > values.length) {
    throw new OnnxError('invalid_weights', field, `${values.length} values`, `at least ${offset + count}`);
  }
  return values.subarray(offset, offset + count);
}

/** Coefficient of a branch: an entry of the mix, or 1. */
export function coefficient(bank: Bank, mix: number | null): number {
  return mix === null ? 1 : (stretch(bank.mix, mix, 1, 'mix')[0] ?? 1);
}

/**
 * Reorders a matrix-like array: `[rows, columns]` to `[columns, rows]`, each entry a run of `run`
 * values.
 */
export function transposed(values: Float32Array, rows: number, columns: number, run = 1): Float32Array {
  const result = new Float32Array(values.length);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const from = (row * columns + column) * run;
      result.set(values.subarray(from, from + run), (column * rows + row) * run);
    }
  }
  return result;
}

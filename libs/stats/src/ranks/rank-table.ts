import { checkedMatrix, type Matrix, type MatrixInput, rowOf } from '../matrix.js';
import { fillMidranks, type RankDirection } from './midranks.js';
import { settledMatrix } from './settled.js';

/** Ranks within each row of a table, with what the tests need to correct for ties. */
export interface RankTable {
  /** `[benchmarks, methods]`: rank of each method on each benchmark, ties averaged. */
  readonly ranks: Matrix;
  /** `[methods]`: mean of each column of `ranks`. */
  readonly averageRanks: Float64Array;
  /** Σ(t³ − t) over all groups of t tied scores of all benchmarks; 0 without ties. */
  readonly tieTerm: number;
}

/**
 * Ranks methods within each benchmark (Demšar 2006, section 3.2.2). Scores that agree to twelve
 * significant digits are tied.
 *
 * @param scores `[benchmarks, methods]`
 * @param direction which score gets rank 1; default `largest-first`, as for accuracies
 * @throws StatisticsError `too-few` (no benchmark or no method), `length-mismatch`, `missing-cell`,
 * `not-finite`
 */
export function rankTable(scores: MatrixInput, direction: RankDirection = 'largest-first'): RankTable {
  const matrix = settledMatrix(checkedMatrix(scores, 'scores'));
  const ranks: Matrix = { ...matrix, values: new Float64Array(matrix.values.length) };
  const sums = new Float64Array(matrix.columns);
  let tieTerm = 0;
  for (let row = 0; row < matrix.rows; row++) {
    const rankRow = rowOf(ranks, row);
    tieTerm += fillMidranks(rowOf(matrix, row), direction, rankRow);
    for (let column = 0; column < matrix.columns; column++) {
      sums[column] = (sums[column] as number) + (rankRow[column] as number);
    }
  }
  return { ranks, averageRanks: sums.map((sum) => sum / matrix.rows), tieTerm };
}

/**
 * Average rank of each method over benchmarks, ties averaged (Demšar 2006, section 3.2.2).
 *
 * @param scores `[benchmarks, methods]`
 * @param direction which score gets rank 1; default `largest-first`, as for accuracies
 * @returns `[methods]`
 * @throws StatisticsError as `rankTable`
 */
export function averageRanks(scores: MatrixInput, direction: RankDirection = 'largest-first'): Float64Array {
  return rankTable(scores, direction).averageRanks;
}

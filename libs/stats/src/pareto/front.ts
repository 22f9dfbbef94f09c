import { type MatrixInput, rowOf } from '../matrix.js';
import { sortOrder } from '../ranks/sort-order.js';
import { type Goal, minimised } from './objectives.js';

/**
 * Points that no other point dominates, i.e. is at least as good in every objective and better in
 * one. Equal points are all kept.
 *
 * @param points `[points, objectives]`
 * @param goals one per objective
 * @returns rows of the front, best in the first objective first. O(n log n) for two objectives, O(n
 * · front) for more.
 * @throws StatisticsError `too-few` (no points or objectives), `length-mismatch`, `missing-cell`,
 * `not-finite`
 */
export function paretoFront(points: MatrixInput, goals: readonly Goal[]): number[] {
  const matrix = minimised(points, goals, 'points');
  // In lexicographic order a point is dominated only by earlier ones.
  let order: Uint32Array | undefined;
  for (let objective = matrix.columns - 1; objective >= 0; objective--) {
    const column = new Float64Array(matrix.rows);
    for (let row = 0; row < matrix.rows; row++) column[row] = matrix.values[row * matrix.columns + objective] as number;
    order = sortOrder(column, order);
  }
  const front: number[] = [];
  for (const row of order ?? []) {
    const point = rowOf(matrix, row);
    const rivals = matrix.columns <= 2 ? front.slice(-1) : front;
    if (!rivals.some((rival) => dominates(rowOf(matrix, rival), point))) front.push(row);
  }
  return front;
}

/** Whether a is nowhere worse than b and somewhere better; all objectives minimised. */
function dominates(a: Float64Array, b: Float64Array): boolean {
  let better = false;
  for (let i = 0; i < a.length; i++) {
    if ((a[i] as number) > (b[i] as number)) return false;
    if ((a[i] as number) < (b[i] as number)) better = true;
  }
  return better;
}

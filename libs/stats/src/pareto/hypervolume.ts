import { StatisticsError } from '../errors.js';
import { type MatrixInput, rowOf } from '../matrix.js';
import { type Goal, minimised } from './objectives.js';

/** A point with every objective minimised. */
type Point = readonly number[];

/**
 * Volume of the part of objective space that the points dominate and the reference bounds (Zitzler
 * and Thiele 1998): larger is better.
 *
 * By a sweep for two objectives, and for more by exclusive volumes (WFG, While et al. 2012), fast
 * up to some hundred points in 4 objectives. Points that are not better than the reference in every
 * objective add nothing; without any the volume is 0.
 *
 * @param points `[points, objectives]`
 * @param reference one value per objective, worse than any point of interest
 * @param goals one per objective
 * @throws StatisticsError `too-few` (no points or objectives), `length-mismatch`, `missing-cell`,
 * `not-finite`
 */
export function hypervolume(points: MatrixInput, reference: readonly number[], goals: readonly Goal[]): number {
  const matrix = minimised(points, goals, 'points');
  if (reference.length !== goals.length) {
    throw new StatisticsError(
      'length-mismatch',
      'reference',
      `${reference.length} values`,
      `${goals.length}, one per objective`,
    );
  }
  const bound = [...minimised([reference], goals, 'reference').values];
  const inside: Point[] = [];
  for (let row = 0; row < matrix.rows; row++) {
    const point = [...rowOf(matrix, row)];
    if (point.every((value, i) => value < (bound[i] as number))) inside.push(point);
  }
  return volume(inside, bound);
}

function volume(points: readonly Point[], bound: Point): number {
  if (bound.length === 1)
    return points.reduce((most, [value]) => Math.max(most, (bound[0] as number) - (value as number)), 0);
  if (bound.length === 2) return area(points, bound);
  // Worst last objective first: later points then limit earlier ones to fewer distinct shapes.
  const last = bound.length - 1;
  const sorted = [...points].sort((a, b) => (b[last] as number) - (a[last] as number));
  return sorted.reduce((total, point, i) => total + exclusive(point, sorted.slice(i + 1), bound), 0);
}

/** Volume of a point that none of the others dominates. */
function exclusive(point: Point, others: readonly Point[], bound: Point): number {
  const box = point.reduce((product, value, i) => product * ((bound[i] as number) - value), 1);
  if (others.length === 0) return box;
  const limited = others.map((other) => other.map((value, i) => Math.max(value, point[i] as number)));
  return box - volume(nondominated(limited), bound);
}

function nondominated(points: readonly Point[]): Point[] {
  const kept: Point[] = [];
  for (const point of points) {
    if (kept.some((other) => covers(other, point))) continue;
    for (let i = kept.length - 1; i >= 0; i--) if (covers(point, kept[i] as Point)) kept.splice(i, 1);
    kept.push(point);
  }
  return kept;
}

function covers(a: Point, b: Point): boolean {
  return a.every((value, i) => value <= (b[i] as number));
}

function area(points: readonly Point[], bound: Point): number {
  const sorted = [...points].sort((a, b) => (a[0] as number) - (b[0] as number));
  let total = 0;
  let height = bound[1] as number;
  for (const point of sorted) {
    const [x, y] = [point[0] as number, point[1] as number];
    if (y >= height) continue;
    total += ((bound[0] as number) - x) * (height - y);
    height = y;
  }
  return total;
}

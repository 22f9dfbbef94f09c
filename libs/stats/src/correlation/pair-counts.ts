import { StatisticsError } from '../errors.js';
import { sortOrder } from '../ranks/sort-order.js';
import { countInversions } from './inversions.js';
import { type TieSums, tieSums } from './tie-groups.js';

/** How the n(n − 1)/2 pairs of observations are ordered in x and in y. */
export interface PairCounts {
  readonly n: number;
  readonly concordant: number;
  readonly discordant: number;
  readonly tiesX: TieSums;
  readonly tiesY: TieSums;
}

/**
 * Counts concordant and discordant pairs in O(n log n) (Knight 1966): sort by x, then y; the
 * inversions of y that remain are the discordant pairs.
 *
 * @throws StatisticsError `constant` if x or y has a single value, which orders nothing
 */
export function countPairs(x: Float64Array, y: Float64Array): PairCounts {
  const n = x.length;
  const byY = sortOrder(y);
  const sortedY = runLevels(y, byY);
  const tiesY = tieSums(sortedY);
  const levelsY = new Uint32Array(n);
  for (let i = 0; i < n; i++) levelsY[byY[i] as number] = sortedY[i] as number;
  const order = sortOrder(x, byY);
  const sortedX = runLevels(x, order);
  const tiesX = tieSums(sortedX);
  for (const [field, ties] of [['x', tiesX] as const, ['y', tiesY] as const]) {
    if (ties.groups === 1)
      throw new StatisticsError('constant', field, 'one value only', 'at least two different values');
  }
  const sequence = new Uint32Array(n);
  for (let i = 0; i < n; i++) sequence[i] = levelsY[order[i] as number] as number;
  const tiedInBoth = tieSums(sortedX, sequence).pairs;
  const discordant = countInversions(sequence);
  const concordant = (n * (n - 1)) / 2 - tiesX.pairs - tiesY.pairs + tiedInBoth - discordant;
  return { n, concordant, discordant, tiesX, tiesY };
}

/** Number of distinct smaller values, for each place of a sorting order. */
function runLevels(values: Float64Array, order: Uint32Array): Uint32Array {
  const levels = new Uint32Array(order.length);
  let level = 0;
  let previous = values[order[0] as number];
  for (let i = 1; i < order.length; i++) {
    const value = values[order[i] as number];
    if (value !== previous) level++;
    levels[i] = level;
    previous = value;
  }
  return levels;
}

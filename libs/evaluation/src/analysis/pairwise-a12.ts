import { settled, sortedSuperiority } from '@oneshot/stats';
import type { ScoreSet } from '../input/score-set.js';

/**
 * Vargha and Delaney's A₁₂ of every two methods: how often a score of the row's is better than one
 * of the column's, per benchmark, averaged. Scores of different benchmarks are not compared with
 * each other: their scales differ.
 *
 * @returns `[methods, methods]`, in the order of the set
 */
export function pairwiseA12({ methods, benchmarks, starts, values, direction }: ScoreSet): Float64Array {
  const count = methods.length;
  const sums = new Float64Array(count * count);
  const sorted = values.map((value) => settled(value));
  for (let row = 0; row < benchmarks.length; row++) {
    const cells = starts.subarray(row * count, (row + 1) * count + 1);
    for (let cell = 0; cell < count; cell++) sorted.subarray(cells[cell], cells[cell + 1]).sort();
    for (let a = 0; a < count; a++) {
      const [start, end] = [cells[a] as number, cells[a + 1] as number];
      for (let b = 0; b < a; b++) {
        const share = sortedSuperiority(sorted, start, end, cells[b] as number, cells[b + 1] as number);
        sums[a * count + b] = (sums[a * count + b] as number) + share;
      }
    }
  }
  for (let a = 0; a < count; a++) {
    sums[a * count + a] = 0.5;
    for (let b = 0; b < a; b++) {
      const larger = (sums[a * count + b] as number) / benchmarks.length;
      const share = direction === 'up' ? larger : 1 - larger;
      sums[a * count + b] = share;
      sums[b * count + a] = 1 - share;
    }
  }
  return sums;
}

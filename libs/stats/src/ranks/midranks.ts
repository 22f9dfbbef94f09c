import { checkedSample, type Sample } from '../sample.js';
import { sortOrder } from './sort-order.js';

/** Which value gets rank 1. */
export type RankDirection = 'largest-first' | 'smallest-first';

/**
 * Ranks 1 … n; tied values share the average of the ranks they span (midranks; Kendall 1945, "The
 * treatment of ties in ranking problems").
 *
 * @param direction which value gets rank 1; default `smallest-first`, the statistician's convention
 * @throws StatisticsError `too-few` (empty), `not-finite`
 */
export function midranks(sample: Sample, direction: RankDirection = 'smallest-first'): Float64Array {
  const values = checkedSample(sample, 'sample');
  const ranks = new Float64Array(values.length);
  fillMidranks(values, direction, ranks);
  return ranks;
}

/**
 * Writes midranks of finite values into `ranks` and returns Σ(t³ − t) over the groups of t tied
 * values, the term of every tie correction.
 */
export function fillMidranks(values: Float64Array, direction: RankDirection, ranks: Float64Array): number {
  const n = values.length;
  const order = sortOrder(values);
  let ties = 0;
  for (let start = 0; start < n; ) {
    const value = values[order[start] as number] as number;
    let end = start + 1;
    while (end < n && values[order[end] as number] === value) end++;
    const ascending = (start + 1 + end) / 2;
    const rank = direction === 'smallest-first' ? ascending : n + 1 - ascending;
    for (let i = start; i < end; i++) ranks[order[i] as number] = rank;
    const size = end - start;
    ties += size * size * size - size;
    start = end;
  }
  return ties;
}

import { StatisticsError } from '../errors.js';
import type { Matrix } from '../matrix.js';
import { checkedPositive, checkedProbability } from '../parameter.js';
import { checkedSample, type Sample } from '../sample.js';

/**
 * Methods, by column and best first, none of which differs significantly from another: one bar of a
 * critical-difference diagram.
 */
export type Clique = readonly number[];

/**
 * Cliques by critical difference (Demšar 2006, figure 1): the maximal runs of methods whose average
 * ranks lie within less than the critical difference. In O(k log k).
 *
 * @param averageRanks `[methods]`
 * @returns runs of at least two methods, from the best on
 * @throws StatisticsError `too-few` (none), `not-finite`, `out-of-range`
 */
export function cliquesByDifference(averageRanks: Sample, criticalDifference: number): Clique[] {
  const ranks = checkedSample(averageRanks, 'averageRanks');
  checkedPositive(criticalDifference, 'criticalDifference');
  return maximalRuns(
    bestFirst(ranks),
    (first, last) => (ranks[last] as number) - (ranks[first] as number) < criticalDifference,
  );
}

/**
 * Cliques by pairwise tests: the maximal runs, in order of average rank, in which no pair has p ≤
 * α. A run never holds a pair that differs, so two methods that do not differ may lie in no common
 * run if one between them differs from either.
 *
 * @param averageRanks `[methods]`
 * @param pValues `[methods, methods]`, symmetric and adjusted, as from `pairwiseWilcoxon` or
 * `nemenyi`
 * @returns runs of at least two methods, from the best on
 * @throws StatisticsError `too-few`, `not-finite`, `length-mismatch`, `out-of-range`
 */
export function cliquesByTest(averageRanks: Sample, pValues: Matrix, alpha = 0.05): Clique[] {
  const ranks = checkedSample(averageRanks, 'averageRanks');
  checkedProbability(alpha, 'alpha');
  if (pValues.rows !== ranks.length || pValues.columns !== ranks.length) {
    const found = `${pValues.rows} × ${pValues.columns} values`;
    throw new StatisticsError(
      'length-mismatch',
      'pValues',
      found,
      `${ranks.length} × ${ranks.length}, as many as average ranks`,
    );
  }
  const order = bestFirst(ranks);
  const place = new Uint32Array(order.length);
  for (const [at, method] of order.entries()) place[method] = at;
  // From each method, how far towards worse ranks no pair within differs.
  const reach = new Int32Array(order.length);
  let end = order.length - 1;
  for (let at = order.length - 1; at >= 0; at--) {
    const row = (order[at] as number) * order.length;
    for (let other = at + 1; other <= end; other++) {
      if ((pValues.values[row + (order[other] as number)] as number) <= alpha) end = other - 1;
    }
    reach[at] = end;
  }
  return maximalRuns(order, (first, last) => (place[last] as number) <= (reach[place[first] as number] as number));
}

function bestFirst(ranks: Float64Array): number[] {
  return Array.from(ranks.keys()).sort((a, b) => (ranks[a] as number) - (ranks[b] as number) || a - b);
}

/**
 * Maximal runs of at least two, where `together` holds for all of a run if it holds for its ends.
 */
function maximalRuns(order: readonly number[], together: (first: number, last: number) => boolean): Clique[] {
  const runs: Clique[] = [];
  let end = 0;
  for (const [start, first] of order.entries()) {
    const before = end;
    end = Math.max(end, start + 1);
    while (end < order.length && together(first, order[end] as number)) end++;
    if (end > before && end - start > 1) runs.push(order.slice(start, end));
  }
  return runs;
}

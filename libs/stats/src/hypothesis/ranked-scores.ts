import { StatisticsError } from '../errors.js';
import { checkedMatrix, type Matrix, type MatrixInput } from '../matrix.js';
import type { RankDirection } from '../ranks/midranks.js';
import { type RankTable, rankTable } from '../ranks/rank-table.js';

/** Scores of at least two methods on at least two benchmarks, with their ranks. */
export interface RankedScores extends RankTable {
  readonly scores: Matrix;
  readonly benchmarks: number;
  readonly methods: number;
}

/**
 * Checks a table for a test over several benchmarks, and ranks it.
 *
 * @throws StatisticsError `too-few` (fewer than 2 benchmarks or methods), `length-mismatch`,
 * `missing-cell`, `not-finite`
 */
export function rankedScores(input: MatrixInput, direction: RankDirection): RankedScores {
  const scores = checkedMatrix(input, 'scores', 2, 2);
  return { scores, benchmarks: scores.rows, methods: scores.columns, ...rankTable(scores, direction) };
}

/**
 * @throws StatisticsError `constant` if every benchmark ties all methods, so that there is nothing
 * to test
 */
export function refuseAllTied({ benchmarks, methods, tieTerm }: RankedScores): void {
  if (tieTerm < benchmarks * (methods ** 3 - methods)) return;
  throw new StatisticsError('constant', 'scores', 'all methods tied on every benchmark', 'at least one difference');
}

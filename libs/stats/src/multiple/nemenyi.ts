import { normalCdf } from '../distributions/normal.js';
import { studentizedRangeTail } from '../distributions/studentized-range.js';
import { tabulatedStudentizedRangeTail } from '../distributions/tabulated-tail.js';
import { rankedScores } from '../hypothesis/ranked-scores.js';
import type { Matrix, MatrixInput } from '../matrix.js';
import { checkedProbability } from '../parameter.js';
import type { RankDirection } from '../ranks/midranks.js';
import { averageRankError, nemenyiCriticalDifference } from './critical-difference.js';
import { symmetric } from './pairwise.js';

/**
 * From so many methods on, filling a table of the distribution is cheaper than evaluating it for
 * every pair.
 */
const TABULATED_FROM = 30;

export interface NemenyiResult {
  /** `[methods]` */
  readonly averageRanks: Float64Array;
  /** Two methods differ significantly where their average ranks differ by at least this. */
  readonly criticalDifference: number;
  /** `[methods, methods]`, symmetric, 1 on the diagonal; already adjusted for all pairs. */
  readonly pValues: Matrix;
  /**
   * The same of each pair alone: two-sided, of z = |R̄ᵢ − R̄ⱼ| / √(k(k + 1)/(6N)) (Demšar 2006,
   * section 3.2.2).
   */
  readonly unadjustedPValues: Matrix;
}

/**
 * Nemenyi's test of all pairs of methods by their average ranks (Nemenyi 1963; Demšar 2006, section
 * 3.2.2), to follow a significant Friedman test. p = P(Q > √2 |R̄ᵢ − R̄ⱼ| / √(k(k + 1)/(6N))), Q
 * the studentized range of k groups with infinite degrees of freedom.
 *
 * @param scores `[benchmarks, methods]`
 * @param alpha family-wise level of the critical difference; default 0.05
 * @param direction which score gets rank 1; default `largest-first`
 * @throws StatisticsError `too-few` (fewer than 2 benchmarks or methods), `length-mismatch`,
 * `missing-cell`, `not-finite`, `out-of-range`
 */
export function nemenyi(scores: MatrixInput, alpha = 0.05, direction: RankDirection = 'largest-first'): NemenyiResult {
  checkedProbability(alpha, 'alpha');
  const { averageRanks, benchmarks, methods } = rankedScores(scores, direction);
  const error = averageRankError(methods, benchmarks);
  const tail =
    methods < TABULATED_FROM ? (q: number) => studentizedRangeTail(q, methods) : tabulatedStudentizedRangeTail(methods);
  const adjusted: number[] = [];
  const alone: number[] = [];
  for (let i = 0; i < methods; i++) {
    for (let j = 0; j < i; j++) {
      const z = Math.abs((averageRanks[i] as number) - (averageRanks[j] as number)) / error;
      adjusted.push(tail(Math.SQRT2 * z));
      alone.push(2 * normalCdf(-z));
    }
  }
  return {
    averageRanks,
    criticalDifference: nemenyiCriticalDifference(methods, benchmarks, alpha),
    pValues: symmetric(adjusted, methods),
    unadjustedPValues: symmetric(alone, methods),
  };
}

import { rankedScores, refuseAllTied } from '../hypothesis/ranked-scores.js';
import type { MatrixInput } from '../matrix.js';
import type { Adjustment } from './adjust.js';
import type { PairwiseResult } from './pairwise.js';
import { rankScorePairs } from './rank-score-pairs.js';

/**
 * Conover's test of all pairs of methods by their rank sums, to follow a significant Friedman test
 * (Conover and Iman 1979; Conover 1999, section 5.8). It divides by the spread that the methods
 * leave unexplained, so it tells more pairs apart than Nemenyi's, and with few benchmarks it is the
 * more liberal one.
 *
 * @param scores `[benchmarks, methods]`
 * @param adjustment over all pairs; default `holm`
 * @throws StatisticsError `too-few` (fewer than 2 benchmarks or methods), `length-mismatch`,
 * `missing-cell`, `not-finite`, `constant`
 */
export function conover(scores: MatrixInput, adjustment: Adjustment = 'holm'): PairwiseResult {
  const ranked = rankedScores(scores, 'smallest-first');
  refuseAllTied(ranked);
  const centre = (ranked.methods + 1) / 2;
  return rankScorePairs({ ...ranked.ranks, values: ranked.ranks.values.map((rank) => rank - centre) }, adjustment);
}

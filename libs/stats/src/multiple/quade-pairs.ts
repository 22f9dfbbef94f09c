import { quadeScores } from '../hypothesis/quade.js';
import type { MatrixInput } from '../matrix.js';
import type { Adjustment } from './adjust.js';
import type { PairwiseResult } from './pairwise.js';
import { rankScorePairs } from './rank-score-pairs.js';

/**
 * All pairs of methods after a significant test of Quade's, by the same weighted ranks (Quade 1979;
 * Conover 1999, section 5.8). Scores must be comparable between benchmarks.
 *
 * @param scores `[benchmarks, methods]`
 * @param adjustment over all pairs; default `holm`
 * @throws StatisticsError as `quade`
 */
export function quadePairs(scores: MatrixInput, adjustment: Adjustment = 'holm'): PairwiseResult {
  return rankScorePairs(quadeScores(scores), adjustment);
}

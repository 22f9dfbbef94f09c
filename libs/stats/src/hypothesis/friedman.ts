import { chiSquaredTail } from '../distributions/chi-squared.js';
import { fTail } from '../distributions/f.js';
import type { MatrixInput } from '../matrix.js';
import { logGamma } from '../special/gamma.js';
import { type RankedScores, rankedScores, refuseAllTied } from './ranked-scores.js';

/**
 * Whether ties shrink the variance the statistic is divided by: `corrected` as in R and SciPy,
 * `ignored` as in Demšar's formulas.
 */
export type TieRule = 'corrected' | 'ignored';

export interface FriedmanResult {
  readonly statistic: number;
  readonly degreesOfFreedom: number;
  readonly pValue: number;
  /** `[methods]`, rank 1 for the largest score. */
  readonly averageRanks: Float64Array;
}

/**
 * Friedman's test (1937) that all methods rank alike over the benchmarks: χ² = 12N/(k(k + 1)) Σ
 * (R̄ⱼ − (k + 1)/2)², with k − 1 degrees of freedom; the correction divides by 1 − Σ(t³ − t)/(N(k³
 * − k)) (Hollander and Wolfe 1973, eq. 7.8). The χ² approximation wants N > 10 and k > 5 (Demšar
 * 2006).
 *
 * @param scores `[benchmarks, methods]`
 * @param ties default `corrected`
 * @throws StatisticsError `too-few` (fewer than 2 benchmarks or methods), `length-mismatch`,
 * `missing-cell`, `not-finite`, `constant` (all methods tied everywhere)
 */
export function friedman(scores: MatrixInput, ties: TieRule = 'corrected'): FriedmanResult {
  const ranked = rankedScores(scores, 'largest-first');
  const statistic = friedmanStatistic(ranked, ties);
  const degreesOfFreedom = ranked.methods - 1;
  return {
    statistic,
    degreesOfFreedom,
    pValue: chiSquaredTail(statistic, degreesOfFreedom),
    averageRanks: ranked.averageRanks,
  };
}

export interface ImanDavenportResult {
  /** `Infinity` if all benchmarks rank the methods alike. */
  readonly statistic: number;
  readonly numeratorDegrees: number;
  readonly denominatorDegrees: number;
  readonly pValue: number;
}

/**
 * Iman and Davenport's (1980) less conservative form of Friedman's test: F = (N − 1)χ² / (N(k − 1)
 * − χ²) with k − 1 and (k − 1)(N − 1) degrees of freedom.
 *
 * If all benchmarks rank the methods alike, the denominator is 0; then p is the exact (1/k!)^(N −
 * 1) (Conover 1999, section 5.8).
 *
 * @param scores `[benchmarks, methods]`
 * @param ties default `corrected`
 * @throws StatisticsError as `friedman`
 */
export function imanDavenport(scores: MatrixInput, ties: TieRule = 'corrected'): ImanDavenportResult {
  const ranked = rankedScores(scores, 'largest-first');
  const { benchmarks: n, methods: k } = ranked;
  const chiSquared = friedmanStatistic(ranked, ties);
  const most = n * (k - 1);
  const degrees = { numeratorDegrees: k - 1, denominatorDegrees: (k - 1) * (n - 1) };
  if (most - chiSquared <= 1e-12 * most) {
    return { statistic: Number.POSITIVE_INFINITY, ...degrees, pValue: perfectAgreementPValue(n, k) };
  }
  const statistic = ((n - 1) * chiSquared) / (most - chiSquared);
  return { statistic, ...degrees, pValue: fTail(statistic, degrees.numeratorDegrees, degrees.denominatorDegrees) };
}

/** Probability (1/k!)^(N − 1) that N random rankings of k methods are all the same. */
export function perfectAgreementPValue(benchmarks: number, methods: number): number {
  return Math.exp(-(benchmarks - 1) * logGamma(methods + 1));
}

function friedmanStatistic(ranked: RankedScores, ties: TieRule): number {
  refuseAllTied(ranked);
  const { benchmarks: n, methods: k, averageRanks, tieTerm } = ranked;
  const centre = (k + 1) / 2;
  const spread = averageRanks.reduce((sum, rank) => sum + (rank - centre) ** 2, 0);
  const statistic = (12 * n * spread) / (k * (k + 1));
  return ties === 'ignored' ? statistic : statistic / (1 - tieTerm / (n * (k ** 3 - k)));
}

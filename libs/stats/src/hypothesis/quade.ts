import { fTail } from '../distributions/f.js';
import { type Matrix, type MatrixInput, rowOf } from '../matrix.js';
import { midranks } from '../ranks/midranks.js';
import { settledDifference } from '../ranks/settled.js';
import { perfectAgreementPValue } from './friedman.js';
import { rankedScores, refuseAllTied } from './ranked-scores.js';

export interface QuadeResult {
  /** `Infinity` if all benchmarks rank the methods alike and have equal ranges. */
  readonly statistic: number;
  readonly numeratorDegrees: number;
  readonly denominatorDegrees: number;
  readonly pValue: number;
}

/**
 * Quade's test (1979): Friedman's, with each benchmark weighted by the rank of its range of scores,
 * because benchmarks where methods lie far apart tell more. With Sᵢⱼ = Qᵢ (rᵢⱼ − (k + 1)/2), A = Σ
 * S², B = Σⱼ (Σᵢ Sᵢⱼ)²/N: F = (N − 1)B/(A − B) with k − 1 and (N − 1)(k − 1) degrees of freedom
 * (Conover 1999, section 5.8). Scores must be comparable between benchmarks.
 *
 * If A = B, as where all benchmarks rank alike and have equal ranges, p is the exact (1/k!)^(N − 1)
 * (Conover).
 *
 * @param scores `[benchmarks, methods]`
 * @throws StatisticsError `too-few` (fewer than 2 benchmarks or methods), `length-mismatch`,
 * `missing-cell`, `not-finite`, `constant`
 */
export function quade(scores: MatrixInput): QuadeResult {
  const { rows: n, columns: k, values } = quadeScores(scores);
  let a = 0;
  const sums = new Float64Array(k);
  for (const [at, s] of values.entries()) {
    a += s * s;
    sums[at % k] = (sums[at % k] as number) + s;
  }
  const b = sums.reduce((sum, s) => sum + s * s, 0) / n;
  const degrees = { numeratorDegrees: k - 1, denominatorDegrees: (n - 1) * (k - 1) };
  if (a - b <= 1e-12 * a) {
    return { statistic: Number.POSITIVE_INFINITY, ...degrees, pValue: perfectAgreementPValue(n, k) };
  }
  const statistic = ((n - 1) * b) / (a - b);
  return { statistic, ...degrees, pValue: fTail(statistic, degrees.numeratorDegrees, degrees.denominatorDegrees) };
}

/**
 * Quade's weighted ranks Sᵢⱼ = Qᵢ (rᵢⱼ − (k + 1)/2), Qᵢ the rank of the range of a benchmark's
 * scores.
 *
 * @returns `[benchmarks, methods]`
 * @throws StatisticsError as `quade`
 */
export function quadeScores(scores: MatrixInput): Matrix {
  const ranked = rankedScores(scores, 'smallest-first');
  refuseAllTied(ranked);
  const { benchmarks, methods, ranks } = ranked;
  const weights = midranks(
    Array.from({ length: benchmarks }, (_, row) => {
      const values = rowOf(ranked.scores, row);
      return settledDifference(
        values.reduce((a, b) => Math.max(a, b)),
        values.reduce((a, b) => Math.min(a, b)),
      );
    }),
  );
  const values = ranks.values.map(
    (rank, at) => (weights[Math.floor(at / methods)] as number) * (rank - (methods + 1) / 2),
  );
  return { rows: benchmarks, columns: methods, values };
}

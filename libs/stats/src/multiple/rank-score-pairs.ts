import { studentTTail } from '../distributions/student-t.js';
import { perfectAgreementPValue } from '../hypothesis/friedman.js';
import type { Matrix } from '../matrix.js';
import type { Adjustment } from './adjust.js';
import { type PairwiseResult, pairwiseResult } from './pairwise.js';

/**
 * Every pair of methods by its rank scores sᵢⱼ: with Sⱼ = Σᵢ sᵢⱼ and A = Σ s², t = |Sₐ − S_b| /
 * √(2(N A − Σ S²)/((N − 1)(k − 1))), two-sided by Student's t with (N − 1)(k − 1) degrees of
 * freedom (Conover 1999, section 5.8).
 *
 * Where the error is 0, as where all benchmarks agree, pairs that differ get the exact (1/k!)^(N −
 * 1) of their agreement.
 *
 * @param rankScores `[benchmarks, methods]`
 */
export function rankScorePairs(rankScores: Matrix, adjustment: Adjustment): PairwiseResult {
  const { rows: n, columns: k, values } = rankScores;
  const sums = new Float64Array(k);
  let squares = 0;
  for (const [at, score] of values.entries()) {
    sums[at % k] = (sums[at % k] as number) + score;
    squares += score * score;
  }
  const degrees = (n - 1) * (k - 1);
  const rest = n * squares - sums.reduce((total, sum) => total + sum * sum, 0);
  const agreed = rest <= 1e-12 * n * squares;
  const error = Math.sqrt((2 * rest) / degrees);
  const p: number[] = [];
  for (let i = 0; i < k; i++) {
    for (let j = 0; j < i; j++) {
      const difference = Math.abs((sums[i] as number) - (sums[j] as number));
      if (difference === 0) p.push(1);
      else p.push(agreed ? perfectAgreementPValue(n, k) : Math.min(1, 2 * studentTTail(difference / error, degrees)));
    }
  }
  return pairwiseResult(p, k, adjustment);
}

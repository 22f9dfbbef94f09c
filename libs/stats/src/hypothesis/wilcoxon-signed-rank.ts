import type { Alternative } from '../alternative.js';
import { normalCdf } from '../distributions/normal.js';
import { StatisticsError } from '../errors.js';
import { settledDifference } from '../ranks/settled.js';
import { checkedPair, type Sample } from '../sample.js';
import { type SignedRanks, signedRanks, type ZeroRule } from './signed-ranks.js';

/**
 * Above this the exact distribution is not worth its time; the normal approximation then agrees to
 * many digits.
 */
const MOST_FOR_EXACT = 1000;
/** Up to here `auto` is exact, as in SciPy. */
const EXACT_BY_DEFAULT = 50;

export interface WilcoxonOptions {
  /** Default `two-sided`; `greater` is x above y. */
  readonly alternative?: Alternative;
  /** Default `wilcox`. */
  readonly zeros?: ZeroRule;
  /** Default `auto`: exact up to 50 pairs with a difference, ties or not. */
  readonly method?: 'auto' | 'exact' | 'asymptotic';
}

export interface WilcoxonResult {
  /** Sum of the ranks where x is above y. */
  readonly positiveRankSum: number;
  readonly negativeRankSum: number;
  /** The smaller of the two sums, Wilcoxon's T. */
  readonly statistic: number;
  /**
   * Standard normal deviate of the positive rank sum, variance corrected for ties, no continuity
   * correction. 0 without any difference.
   */
  readonly z: number;
  readonly pValue: number;
  readonly method: 'exact' | 'asymptotic';
  /** Pairs with a difference. */
  readonly count: number;
}

/**
 * Wilcoxon's signed-rank test (1945) of paired samples, such as two methods on the same benchmarks.
 *
 * Differences are taken to twelve significant digits of the scores, so that those which are equal
 * but for rounding are tied.
 *
 * Exact p: the distribution of the rank sum over all 2ⁿ signs, given the ranks at hand, so ties are
 * exact too. Two samples without any difference get p = 1: they give no reason to tell them apart.
 *
 * @throws StatisticsError `length-mismatch`, `too-few` (empty), `not-finite`, `out-of-range`
 * (`exact` with more than 1,000 differences)
 */
export function wilcoxonSignedRank(x: Sample, y: Sample, options: WilcoxonOptions = {}): WilcoxonResult {
  const { alternative = 'two-sided', zeros = 'wilcox', method = 'auto' } = options;
  const [a, b] = checkedPair(x, y);
  const signed = signedRanks(
    a.map((value, i) => settledDifference(value, b[i] as number)),
    zeros,
  );
  const count = signed.ranks.length;
  const exact = method === 'exact' || (method === 'auto' && count <= EXACT_BY_DEFAULT);
  if (exact && count > MOST_FOR_EXACT) {
    throw new StatisticsError(
      'out-of-range',
      'method',
      `'exact' with ${count} differences`,
      `at most ${MOST_FOR_EXACT}`,
    );
  }
  const z = deviate(signed);
  return {
    positiveRankSum: signed.positive,
    negativeRankSum: signed.negative,
    statistic: Math.min(signed.positive, signed.negative),
    z,
    pValue: exact ? exactPValue(signed, alternative) : normalPValue(z, alternative),
    method: exact ? 'exact' : 'asymptotic',
    count,
  };
}

/** (W⁺ − mean)/√(Σ r²/4): each rank falls on either side with probability ½. */
function deviate({ ranks, positive, negative }: SignedRanks): number {
  const variance = ranks.reduce((sum, rank) => sum + rank * rank, 0) / 4;
  return variance === 0 ? 0 : (positive - negative) / 2 / Math.sqrt(variance);
}

function normalPValue(z: number, alternative: Alternative): number {
  if (alternative === 'two-sided') return Math.min(1, 2 * normalCdf(-Math.abs(z)));
  return normalCdf(alternative === 'greater' ? -z : z);
}

function exactPValue(signed: SignedRanks, alternative: Alternative): number {
  const { positive, negative, fromZeros, ranks } = signed;
  const atMost = lowerTail(ranks);
  switch (alternative) {
    case 'greater':
      return atMost(negative - fromZeros);
    case 'less':
      return atMost(positive - fromZeros);
    case 'two-sided':
      return Math.min(1, 2 * atMost(Math.min(positive, negative) - fromZeros));
  }
}

/**
 * P(rank sum ≤ limit) over random signs; midranks are multiples of ½, so doubled sums are whole
 * numbers.
 */
function lowerTail(ranks: Float64Array): (limit: number) => number {
  const total = Math.round(2 * ranks.reduce((sum, rank) => sum + rank, 0));
  const probability = new Float64Array(total + 1);
  probability[0] = 1;
  let reached = 0;
  for (const rank of ranks) {
    const step = Math.round(2 * rank);
    reached += step;
    for (let sum = reached; sum >= 0; sum--) {
      const without = probability[sum] as number;
      const withRank = sum >= step ? (probability[sum - step] as number) : 0;
      probability[sum] = (without + withRank) / 2;
    }
  }
  return (limit) => {
    let tail = 0;
    for (let sum = 0; sum <= Math.round(2 * limit); sum++) tail += probability[sum] as number;
    return Math.min(1, tail);
  };
}

import type { Alternative } from '../alternative.js';
import { checkedPair, type Sample } from '../sample.js';
import { asymptoticKendallPValue, exactKendallPValue, MOST_FOR_EXACT } from './kendall-p-value.js';
import { countPairs, type PairCounts } from './pair-counts.js';

/**
 * τ-a divides by all pairs, τ-b by the pairs not tied (the usual choice), τ-c (Stuart 1953) suits
 * unequal numbers of levels.
 */
export type KendallVariant = 'a' | 'b' | 'c';

/**
 * How a p-value is found; `auto` is exact where there are no ties and n ≤ 33 or at most one pair is
 * out of order, as in SciPy.
 */
export type KendallMethod = 'auto' | 'exact' | 'asymptotic';

export interface KendallOptions {
  /** Default `b`. */
  readonly variant?: KendallVariant;
  /** Default `two-sided`; `greater` is agreement. */
  readonly alternative?: Alternative;
  /** Default `auto`. */
  readonly method?: KendallMethod;
}

export interface KendallResult {
  /** In [−1, 1]. */
  readonly tau: number;
  /** Probability of a τ as far from 0, if x and y are independent. */
  readonly pValue: number;
  readonly method: 'exact' | 'asymptotic';
  readonly concordant: number;
  readonly discordant: number;
  readonly count: number;
}

/**
 * Kendall's rank correlation (Kendall 1938; τ-b Kendall 1945; τ-c Stuart 1953) in O(n log n).
 *
 * τ-a = (C − D)/(n(n−1)/2), τ-b = (C − D)/√((n₀ − n₁)(n₀ − n₂)) with n₁, n₂ pairs tied in x and y,
 * τ-c = 2(C − D)m/(n²(m − 1)) with m the smaller number of distinct values. The test is the same
 * for all three: of C − D.
 *
 * @throws StatisticsError `length-mismatch`, `too-few` (fewer than 2), `not-finite`, `constant`,
 * and for `exact` `ties`, `out-of-range`
 */
export function kendall(x: Sample, y: Sample, options: KendallOptions = {}): KendallResult {
  const { variant = 'b', alternative = 'two-sided', method = 'auto' } = options;
  const counts = countPairs(...checkedPair(x, y, 2));
  const exact = method === 'exact' || (method === 'auto' && exactByDefault(counts));
  return {
    tau: coefficient(counts, variant),
    pValue: exact ? exactKendallPValue(counts, alternative) : asymptoticKendallPValue(counts, alternative),
    method: exact ? 'exact' : 'asymptotic',
    concordant: counts.concordant,
    discordant: counts.discordant,
    count: counts.n,
  };
}

function coefficient({ n, concordant, discordant, tiesX, tiesY }: PairCounts, variant: KendallVariant): number {
  const difference = concordant - discordant;
  const pairs = (n * (n - 1)) / 2;
  switch (variant) {
    case 'a':
      return difference / pairs;
    case 'b':
      // Two roots, because the product of the pair counts can lose digits.
      return clamp(difference / Math.sqrt(pairs - tiesX.pairs) / Math.sqrt(pairs - tiesY.pairs));
    case 'c': {
      const levels = Math.min(tiesX.groups, tiesY.groups);
      return clamp((2 * difference * levels) / (n * n * (levels - 1)));
    }
  }
}

function exactByDefault({ n, concordant, discordant, tiesX, tiesY }: PairCounts): boolean {
  if (tiesX.pairs > 0 || tiesY.pairs > 0) return false;
  return n <= 33 || (n <= MOST_FOR_EXACT && Math.min(concordant, discordant) <= 1);
}

function clamp(tau: number): number {
  return Math.max(-1, Math.min(1, tau));
}

import type { Alternative } from '../alternative.js';
import { normalCdf } from '../distributions/normal.js';
import { StatisticsError } from '../errors.js';
import type { PairCounts } from './pair-counts.js';

/**
 * Above this the exact distribution takes seconds, and the normal approximation is exact to many
 * digits.
 */
export const MOST_FOR_EXACT = 500;

/**
 * p-value from the exact distribution of the number of discordant pairs among all n! orders
 * (Kendall 1970, section 5.2).
 *
 * @throws StatisticsError `ties` if x or y has ties, `out-of-range` for more than 500 observations
 */
export function exactKendallPValue(counts: PairCounts, alternative: Alternative): number {
  const { n, concordant, discordant } = counts;
  if (concordant + discordant !== (n * (n - 1)) / 2) {
    throw new StatisticsError('ties', 'method', "'exact' with tied observations", "'asymptotic' where there are ties");
  }
  if (n > MOST_FOR_EXACT) {
    throw new StatisticsError('out-of-range', 'method', `'exact' with ${n} observations`, `at most ${MOST_FOR_EXACT}`);
  }
  switch (alternative) {
    case 'greater':
      return atMostDiscordant(n, discordant);
    case 'less':
      return atMostDiscordant(n, concordant);
    case 'two-sided':
      return Math.min(1, 2 * atMostDiscordant(n, Math.min(concordant, discordant)));
  }
}

/**
 * P(D ≤ limit) for a random order of n: each further element adds 0 … i − 1 discordant pairs with
 * equal probability, so that each distribution is a moving average of the one before.
 */
function atMostDiscordant(n: number, limit: number): number {
  let probability = new Float64Array(limit + 1);
  probability[0] = 1;
  for (let i = 2; i <= n; i++) {
    const next = new Float64Array(limit + 1);
    let window = 0;
    for (let pairs = 0; pairs <= limit; pairs++) {
      window += probability[pairs] as number;
      if (pairs >= i) window -= probability[pairs - i] as number;
      next[pairs] = window / i;
    }
    probability = next;
  }
  return Math.min(
    1,
    probability.reduce((sum, p) => sum + p, 0),
  );
}

/**
 * p-value from the normal approximation with the variance corrected for ties (Kendall 1970, eq.
 * 4.4), without continuity correction.
 */
export function asymptoticKendallPValue(counts: PairCounts, alternative: Alternative): number {
  const { n, concordant, discordant, tiesX, tiesY } = counts;
  const pairs = n * (n - 1);
  const triples = n > 2 ? (tiesX.triples * tiesY.triples) / (9 * pairs * (n - 2)) : 0;
  const variance =
    (pairs * (2 * n + 5) - tiesX.variance - tiesY.variance) / 18 + (2 * tiesX.pairs * tiesY.pairs) / pairs + triples;
  const z = (concordant - discordant) / Math.sqrt(variance);
  switch (alternative) {
    case 'greater':
      return normalCdf(-z);
    case 'less':
      return normalCdf(z);
    case 'two-sided':
      return Math.min(1, 2 * normalCdf(-Math.abs(z)));
  }
}

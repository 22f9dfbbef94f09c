import { binomialTail } from '../distributions/binomial.js';
import { checkedCount } from '../parameter.js';

/**
 * Two-sided sign test from wins and losses (Demšar 2006, section 3.1.3): ties speak for neither, so
 * they are shared out evenly, one left out if they are odd in number. Exact binomial p; 1 if
 * nothing remains.
 *
 * @throws StatisticsError `out-of-range` unless all three are whole numbers of at least 0
 */
export function signTest(wins: number, losses: number, ties = 0): number {
  checkedCount(wins, 'wins', 0);
  checkedCount(losses, 'losses', 0);
  const shared = Math.floor(checkedCount(ties, 'ties', 0) / 2);
  const trials = wins + losses + 2 * shared;
  if (trials === 0) return 1;
  return Math.min(1, 2 * binomialTail(Math.max(wins, losses) + shared, trials, 0.5));
}

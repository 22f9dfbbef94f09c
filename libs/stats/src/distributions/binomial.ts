import { checkedCount } from '../parameter.js';
import { incompleteBeta } from '../special/incomplete-beta.js';

/**
 * P(X ≥ successes) of `trials` fair coin throws: I_½(successes, trials − successes + 1).
 *
 * @throws StatisticsError `out-of-range` unless both are whole numbers and successes ≤ trials
 */
export function fairCoinTail(successes: number, trials: number): number {
  checkedCount(successes, 'successes', 0);
  checkedCount(trials, 'trials', successes);
  return successes === 0 ? 1 : incompleteBeta(successes, trials - successes + 1, 0.5, 0.5);
}

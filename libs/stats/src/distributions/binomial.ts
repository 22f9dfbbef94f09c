import { checkedCount, checkedProbability } from '../parameter.js';
import { incompleteBeta } from '../special/incomplete-beta.js';

/**
 * P(X ≥ successes) of `trials` independent ones that succeed with a probability p: I_p(successes,
 * trials − successes + 1).
 *
 * @throws StatisticsError `out-of-range` unless both are whole numbers, successes ≤ trials and 0 <
 * p < 1
 */
export function binomialTail(successes: number, trials: number, probability: number): number {
  checkedCount(successes, 'successes', 0);
  checkedCount(trials, 'trials', successes);
  checkedProbability(probability, 'probability');
  return successes === 0 ? 1 : incompleteBeta(successes, trials - successes + 1, probability, 1 - probability);
}

import { checkedNumber, checkedPositive } from '../parameter.js';
import { upperIncompleteGamma } from '../special/incomplete-gamma.js';

/**
 * P(X > x) of the χ² distribution: Q(ν/2, x/2).
 *
 * @throws StatisticsError `not-finite` for NaN, `out-of-range` unless degreesOfFreedom > 0
 */
export function chiSquaredTail(x: number, degreesOfFreedom: number): number {
  const a = checkedPositive(degreesOfFreedom, 'degreesOfFreedom') / 2;
  return upperIncompleteGamma(a, checkedNumber(x, 'x') / 2);
}

import { checkedNumber, checkedPositive } from '../parameter.js';
import { incompleteBeta } from '../special/incomplete-beta.js';

/**
 * P(T > t) of Student's t distribution: ½ I with argument ν/(ν + t²), parameters ν/2 and ½,
 * mirrored for t < 0.
 *
 * @throws StatisticsError `not-finite` for NaN, `out-of-range` unless degreesOfFreedom > 0
 */
export function studentTTail(t: number, degreesOfFreedom: number): number {
  const nu = checkedPositive(degreesOfFreedom, 'degreesOfFreedom');
  const square = checkedNumber(t, 't') ** 2;
  if (square === Number.POSITIVE_INFINITY) return t > 0 ? 0 : 1;
  const tail = incompleteBeta(nu / 2, 0.5, nu / (nu + square), square / (nu + square)) / 2;
  return t >= 0 ? tail : 1 - tail;
}

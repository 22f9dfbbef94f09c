import { checkedNumber, checkedPositive, checkedProbability } from '../parameter.js';
import { incompleteBeta } from '../special/incomplete-beta.js';
import { increasingRoot } from '../special/root.js';

/**
 * P(X > x) of Fisher's F distribution: I with argument d₂/(d₂ + d₁x), parameters d₂/2 and d₁/2.
 *
 * @throws StatisticsError `not-finite` for NaN, `out-of-range` unless both degrees of freedom are
 * greater than 0
 */
export function fTail(x: number, numeratorDegrees: number, denominatorDegrees: number): number {
  const d1 = checkedPositive(numeratorDegrees, 'numeratorDegrees');
  const d2 = checkedPositive(denominatorDegrees, 'denominatorDegrees');
  if (checkedNumber(x, 'x') <= 0) return 1;
  if (x === Number.POSITIVE_INFINITY) return 0;
  const scaled = d1 * x;
  return incompleteBeta(d2 / 2, d1 / 2, d2 / (d2 + scaled), scaled / (d2 + scaled));
}

/**
 * The critical value: the x with P(X > x) = tail.
 *
 * @throws StatisticsError `out-of-range`
 */
export function fCriticalValue(tail: number, numeratorDegrees: number, denominatorDegrees: number): number {
  const target = checkedProbability(tail, 'tail');
  return Math.exp(
    increasingRoot((logX) => target - fTail(Math.exp(logX), numeratorDegrees, denominatorDegrees), -2, 2),
  );
}

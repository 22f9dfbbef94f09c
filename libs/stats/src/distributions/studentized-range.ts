import { checkedCount, checkedNumber, checkedProbability } from '../parameter.js';
import { increasingRoot } from '../special/root.js';
import { normalCdf, normalDensity } from './normal.js';

/**
 * Step of the trapezoidal rule; the integrand is entire and decays like a Gaussian, so the error
 * falls as e^(−c/step²).
 */
const STEP = 1 / 16;
/** Beyond this many standard deviations a normal density is lost in rounding. */
const REACH = 9;

/**
 * P(Q > q) of the studentized range of `groups` normal variables with infinite degrees of freedom,
 * the distribution behind Nemenyi's test.
 *
 * Evaluates k ∫ φ(z) {Φ(z)^(k−1) − [Φ(z) − Φ(z − q)]^(k−1)} dz (Copenhaver and Holland 1988, eq.
 * 1.1, subtracted from 1 under the integral, so that small tails keep their digits) by the
 * trapezoidal rule; relative error about 1e-12.
 *
 * @throws StatisticsError `out-of-range` unless groups is a whole number of at least 2,
 * `not-finite` for NaN
 */
export function studentizedRangeTail(q: number, groups: number): number {
  const k = checkedCount(groups, 'groups', 2);
  if (checkedNumber(q, 'q') <= 0) return 1;
  // The mass of the tail lies around q/2, from where on it underflows.
  if (q > 80) return 0;
  const last = Math.ceil((q / 2 + REACH) / STEP);
  let sum = 0;
  for (let i = -REACH / STEP; i <= last; i++) {
    const z = i * STEP;
    const below = normalCdf(z);
    const outside = normalCdf(z - q) / below;
    // 1 − (1 − outside)^(k−1)
    const reached = outside < 1 ? -Math.expm1((k - 1) * Math.log1p(-outside)) : 1;
    sum += normalDensity(z) * below ** (k - 1) * reached;
  }
  return Math.min(1, k * STEP * sum);
}

/**
 * The critical value: the q with P(Q > q) = tail.
 *
 * @throws StatisticsError `out-of-range` unless 0 < tail < 1 and groups ≥ 2
 */
export function studentizedRangeCriticalValue(tail: number, groups: number): number {
  const target = Math.log(checkedProbability(tail, 'tail'));
  return increasingRoot((q) => target - Math.log(studentizedRangeTail(q, groups)), 0, 8);
}

import { checkedNumber, checkedProbability } from '../parameter.js';
import { erfc } from '../special/erfc.js';

const ROOT_TWO_PI = 2.5066282746310002;

/** Density of the standard normal distribution. */
export function normalDensity(z: number): number {
  return Math.exp((-z * z) / 2) / ROOT_TWO_PI;
}

/**
 * P(Z ≤ z) of the standard normal distribution; relative error below 1e-14 in the tails too (erfc
 * after Cody 1969).
 *
 * @throws StatisticsError `not-finite` for NaN
 */
export function normalCdf(z: number): number {
  return erfc(-checkedNumber(z, 'z') * Math.SQRT1_2) / 2;
}

/**
 * The z with P(Z ≤ z) = probability, by Halley's iteration on `normalCdf` from the approximation
 * 26.2.23 of Abramowitz and Stegun.
 *
 * @throws StatisticsError `out-of-range` unless 0 < probability < 1
 */
export function normalQuantile(probability: number): number {
  const lower = Math.min(checkedProbability(probability, 'probability'), 1 - probability);
  if (lower === 0.5) return 0;
  const t = Math.sqrt(-2 * Math.log(lower));
  let z = (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308))) - t;
  for (let step = 0; step < 3; step++) {
    const error = (normalCdf(z) - lower) / normalDensity(z);
    z -= error / (1 + (z * error) / 2);
  }
  return probability < 0.5 ? z : -z;
}

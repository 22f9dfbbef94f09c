import { compensatedSum } from '../descriptive/sum.js';
import { normalQuantile } from '../distributions/normal.js';
import { checkedProbability } from '../parameter.js';
import { checkedSample, type Sample } from '../sample.js';
import type { BootstrapInterval } from './bca.js';

/**
 * ABC interval of the mean (DiCiccio and Efron 1992, "More accurate confidence intervals in
 * exponential families"; Efron and Tibshirani 1993, chapter 22.6): what the BCa bootstrap tends to
 * with ever more resamples, to second order, without resampling. For the mean, which is linear in
 * the weights of observations, z₀ equals the acceleration a = Σ d³ / (6 (Σ d²)^(3/2)), and the
 * limits are x̄ + σ̂ w/(1 − a w)², w = a + z. In O(n).
 *
 * @param confidence default 0.95
 * @throws StatisticsError `too-few` (fewer than 2), `not-finite`, `out-of-range`
 */
export function abcMeanInterval(sample: Sample, confidence = 0.95): BootstrapInterval {
  const values = checkedSample(sample, 'sample', 2);
  const z = -normalQuantile((1 - checkedProbability(confidence, 'confidence')) / 2);
  const estimate = compensatedSum(values) / values.length;
  let squares = 0;
  let cubes = 0;
  for (const value of values) {
    const d = value - estimate;
    squares += d * d;
    cubes += d * d * d;
  }
  const standardError = Math.sqrt(squares) / values.length;
  const acceleration = squares === 0 ? 0 : cubes / (6 * squares ** 1.5);
  const limit = (quantile: number) => {
    const w = acceleration + quantile;
    return estimate + (standardError * w) / (1 - acceleration * w) ** 2;
  };
  return { estimate, low: limit(-z), high: limit(z), standardError };
}

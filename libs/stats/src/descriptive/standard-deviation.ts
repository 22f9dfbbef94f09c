import { checkedSample, type Sample } from '../sample.js';
import { compensatedSum } from './sum.js';

/**
 * Sample variance Σ(x − x̄)² / (n − 1), in two passes.
 *
 * @throws StatisticsError `too-few` (fewer than 2: one observation has no spread to speak of),
 * `not-finite`
 */
export function sampleVariance(sample: Sample): number {
  const values = checkedSample(sample, 'sample', 2);
  const centre = compensatedSum(values) / values.length;
  return compensatedSum(values.map((value) => (value - centre) ** 2)) / (values.length - 1);
}

/**
 * Sample standard deviation √(Σ(x − x̄)² / (n − 1)), the "±" of a results table.
 *
 * @throws StatisticsError as `sampleVariance`
 */
export function sampleStandardDeviation(sample: Sample): number {
  return Math.sqrt(sampleVariance(sample));
}

import { checkedSample, type Sample } from '../sample.js';
import { compensatedSum } from './sum.js';

/**
 * Arithmetic mean.
 *
 * @throws StatisticsError `too-few` (empty), `not-finite`
 */
export function mean(sample: Sample): number {
  const values = checkedSample(sample, 'sample');
  return compensatedSum(values) / values.length;
}

import { median } from '../descriptive/quantile.js';
import { checkedSample, type Sample } from '../sample.js';

/** 1/Φ⁻¹(¾): makes the deviation of normal observations their standard deviation. */
const NORMAL_CONSISTENCY = 1.482602218505602;

/**
 * Median absolute deviation from the median, times 1.4826 (Hampel 1974): a standard deviation that
 * half of the observations cannot spoil. 0 if more than half are equal.
 *
 * @throws StatisticsError `too-few` (empty), `not-finite`
 */
export function medianAbsoluteDeviation(sample: Sample): number {
  const values = checkedSample(sample, 'sample');
  const centre = median(values);
  return NORMAL_CONSISTENCY * median(values.map((value) => Math.abs(value - centre)));
}

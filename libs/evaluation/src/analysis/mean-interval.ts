import { abcMeanInterval, bootstrapInterval, mean, type Sample } from '@oneshot/stats';
import type { Interval } from './rank-analysis.js';

// Beyond, resampling takes long and tells no more than its approximation.
const mostResampled = 500;

/**
 * BCa bootstrap of the mean, 95 %, of more than 500 values by its approximation ABC; `null` for
 * fewer than two values.
 */
export function meanInterval(values: Sample, resamples = 1999): Interval | null {
  if (values.length < 2) return null;
  const { low, high } =
    values.length > mostResampled ? abcMeanInterval(values) : bootstrapInterval(values, mean, { resamples });
  return { low, high };
}

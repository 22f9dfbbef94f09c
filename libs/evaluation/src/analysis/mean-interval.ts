import { bootstrapInterval, mean } from '@oneshot/stats';
import type { Interval } from './rank-analysis.js';

/** BCa bootstrap of the mean, 95 %; `null` for fewer than two values. */
export function meanInterval(values: readonly number[], resamples = 1999): Interval | null {
  if (values.length < 2) return null;
  const { low, high } = bootstrapInterval(values, mean, { resamples });
  return { low, high };
}

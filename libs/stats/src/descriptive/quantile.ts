import { StatisticsError } from '../errors.js';
import { checkedSample, type Sample } from '../sample.js';

/**
 * Quantile by linear interpolation between order statistics at (n − 1)p (type 7 of Hyndman and Fan
 * 1996, the default of R and NumPy).
 *
 * @param probability from 0 (the minimum) to 1 (the maximum)
 * @throws StatisticsError `too-few` (empty), `not-finite`, `out-of-range`
 */
export function quantile(sample: Sample, probability: number): number {
  return sortedQuantile(checkedSample(sample, 'sample').sort(), probability);
}

/** The same of a sample already sorted. */
export function sortedQuantile(sorted: Float64Array, probability: number): number {
  if (!(probability >= 0 && probability <= 1)) {
    throw new StatisticsError('out-of-range', 'probability', `${probability}`, 'from 0 to 1');
  }
  const position = (sorted.length - 1) * probability;
  const below = Math.floor(position);
  const low = sorted[below] as number;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] as number;
  return low + (position - below) * (high - low);
}

/**
 * Median; the mean of the two middle values if they are even in number.
 *
 * @throws StatisticsError `too-few` (empty), `not-finite`
 */
export function median(sample: Sample): number {
  return quantile(sample, 0.5);
}

import { compensatedSum } from '../descriptive/sum.js';
import { StatisticsError } from '../errors.js';
import { checkedSample, type Sample } from '../sample.js';

/**
 * Mean of what is left when ⌊n · proportion⌋ values are cut from each end (Tukey 1962).
 *
 * @param proportion cut at each end, 0 ≤ proportion < ½; default 0.1
 * @throws StatisticsError `too-few` (empty), `not-finite`, `out-of-range`
 */
export function trimmedMean(sample: Sample, proportion = 0.1): number {
  const { sorted, cut } = sortedWithCut(sample, proportion);
  const kept = sorted.subarray(cut, sorted.length - cut);
  return compensatedSum(kept) / kept.length;
}

/**
 * Mean after ⌊n · proportion⌋ values at each end are replaced by the nearest value that stays (Dixon 1960).
 *
 * @param proportion replaced at each end, 0 ≤ proportion < ½; default 0.1
 * @throws StatisticsError as `trimmedMean`
 */
export function winsorizedMean(sample: Sample, proportion = 0.1): number {
  const { sorted, cut } = sortedWithCut(sample, proportion);
  sorted.fill(sorted[cut] as number, 0, cut);
  sorted.fill(sorted[sorted.length - cut - 1] as number, sorted.length - cut);
  return compensatedSum(sorted) / sorted.length;
}

/**
 * Interquartile mean: the mean of the middle half of the observations, those at the borders of the quarters counted in part (Agarwal et al.
 * 2021 recommend it for few runs).
 *
 * @throws StatisticsError `too-few` (empty), `not-finite`
 */
export function interquartileMean(sample: Sample): number {
  const sorted = checkedSample(sample, 'sample').sort();
  const quarter = sorted.length / 4;
  const weighted = sorted.map((value, i) => {
    const part = Math.min(i + 1, sorted.length - quarter) - Math.max(i, quarter);
    return Math.max(0, part) * value;
  });
  return compensatedSum(weighted) / (2 * quarter);
}

function sortedWithCut(sample: Sample, proportion: number): { sorted: Float64Array; cut: number } {
  if (!(proportion >= 0 && proportion < 0.5)) {
    throw new StatisticsError('out-of-range', 'proportion', `${proportion}`, 'at least 0 and less than 0.5');
  }
  const sorted = checkedSample(sample, 'sample').sort();
  return { sorted, cut: Math.floor(sorted.length * proportion) };
}

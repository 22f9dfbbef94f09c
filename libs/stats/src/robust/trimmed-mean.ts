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
 * Mean after ⌊n · proportion⌋ values at each end are replaced by the nearest value that stays
 * (Dixon 1960).
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
 * Interquartile mean as Agarwal et al. (2021, "Deep reinforcement learning at the edge of the
 * statistical precipice") compute it, who recommend it for few runs: the mean of what is left when
 * ⌊n/4⌋ values are cut from each end of all runs on all benchmarks together. No value is counted in
 * part, as other definitions of the name have it.
 *
 * @param sample the scores of all runs on all benchmarks, in one scale
 * @throws StatisticsError `too-few` (empty), `not-finite`
 */
export function interquartileMean(sample: Sample): number {
  return trimmedMean(sample, 0.25);
}

function sortedWithCut(sample: Sample, proportion: number): { sorted: Float64Array; cut: number } {
  if (!(proportion >= 0 && proportion < 0.5)) {
    throw new StatisticsError('out-of-range', 'proportion', `${proportion}`, 'at least 0 and less than 0.5');
  }
  const sorted = checkedSample(sample, 'sample').sort();
  return { sorted, cut: Math.floor(sorted.length * proportion) };
}

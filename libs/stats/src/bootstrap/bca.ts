import { mean } from '../descriptive/mean.js';
import { sortedQuantile } from '../descriptive/quantile.js';
import { normalCdf, normalQuantile } from '../distributions/normal.js';
import { StatisticsError } from '../errors.js';
import { checkedCount, checkedProbability } from '../parameter.js';
import { checkedSample, type Sample } from '../sample.js';
import { randomWords } from './random-words.js';

export interface BootstrapOptions {
  /** Default 0.95. */
  readonly confidence?: number;
  /** Number of resamples; default 9,999. */
  readonly resamples?: number;
  /** The same seed gives the same interval; default 0. */
  readonly seed?: number;
}

export interface BootstrapInterval {
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
  /** Standard deviation of the statistic over resamples. */
  readonly standardError: number;
}

/**
 * Bias-corrected and accelerated bootstrap interval (Efron 1987; Efron and Tibshirani 1993, eqs.
 * 14.9 to 14.15).
 *
 * z₀ comes from the share of resamples below the estimate, ties counted half and kept at least
 * 1/(2B) away from 0 and 1; the acceleration from the jackknife. Where nothing varies the interval
 * is the estimate itself, and where only the jackknife is constant the acceleration is 0.
 *
 * @param statistic of a sample; default the mean. It must be finite for every resample.
 * @throws StatisticsError `too-few` (fewer than 2 observations), `not-finite`, `out-of-range`
 */
export function bootstrapInterval(
  sample: Sample,
  statistic: (sample: Float64Array) => number = mean,
  options: BootstrapOptions = {},
): BootstrapInterval {
  const { confidence = 0.95, resamples = 9999, seed = 0 } = options;
  const values = checkedSample(sample, 'sample', 2);
  checkedCount(resamples, 'resamples', 100);
  checkedCount(seed, 'seed', 0);
  const alpha = (1 - checkedProbability(confidence, 'confidence')) / 2;
  const estimate = finite(statistic(values), 'statistic(sample)');
  const replicates = resampled(values, statistic, resamples, seed).sort();
  // Replicates that are equal to the estimate but for rounding are ties.
  const rounding = 1e-10 * ((replicates.at(-1) as number) - (replicates[0] as number));
  const isTie = (r: number) => Math.abs(r - estimate) <= rounding;
  const share = replicates.reduce((sum, r) => sum + (isTie(r) ? 0.5 : r < estimate ? 1 : 0), 0) / resamples;
  const bias = normalQuantile(Math.min(1 - 0.5 / resamples, Math.max(0.5 / resamples, share)));
  const acceleration = jackknifeAcceleration(values, statistic);
  const bound = (probability: number) => {
    const z = bias + normalQuantile(probability);
    return sortedQuantile(replicates, normalCdf(bias + z / (1 - acceleration * z)));
  };
  const centre = mean(replicates);
  const variance = replicates.reduce((sum, r) => sum + (r - centre) ** 2, 0) / (resamples - 1);
  return { estimate, low: bound(alpha), high: bound(1 - alpha), standardError: Math.sqrt(variance) };
}

function resampled(
  values: Float64Array,
  statistic: (sample: Float64Array) => number,
  resamples: number,
  seed: number,
): Float64Array {
  const n = values.length;
  const words = new Uint32Array(4);
  const draw = new Float64Array(n);
  const replicates = new Float64Array(resamples);
  for (let r = 0; r < resamples; r++) {
    for (let i = 0; i < n; i++) {
      if (i % 4 === 0) randomWords(seed, r, i / 4, words);
      draw[i] = values[Math.floor(((words[i % 4] as number) / 2 ** 32) * n)] as number;
    }
    replicates[r] = finite(statistic(draw), 'statistic(resample)');
  }
  return replicates;
}

/**
 * Σ d³ / (6 (Σ d²)^(3/2)), d the deviations of the leave-one-out statistics from their mean, mean
 * minus each.
 */
function jackknifeAcceleration(values: Float64Array, statistic: (sample: Float64Array) => number): number {
  const leftOut = values.map((_, out) => finite(statistic(values.filter((_, i) => i !== out)), 'statistic(jackknife)'));
  const centre = mean(leftOut);
  let squares = 0;
  let cubes = 0;
  for (const value of leftOut) {
    const d = centre - value;
    squares += d * d;
    cubes += d * d * d;
  }
  return squares === 0 ? 0 : cubes / (6 * squares ** 1.5);
}

function finite(value: number, field: string): number {
  if (Number.isFinite(value)) return value;
  throw new StatisticsError('not-finite', field, `${value}`, 'a finite number');
}

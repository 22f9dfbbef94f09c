import { StatisticsError } from './errors.js';

/** Observations of one quantity: any array or typed array of finite numbers. */
export type Sample = ArrayLike<number>;

/**
 * Copies observations and checks them.
 *
 * @param minimum the least number of observations the statistic is defined for
 * @throws StatisticsError `too-few`, `not-finite`
 */
export function checkedSample(sample: Sample, field: string, minimum = 1): Float64Array {
  if (sample.length < minimum) {
    throw new StatisticsError('too-few', field, `${sample.length} observations`, `at least ${minimum}`);
  }
  const values = new Float64Array(sample);
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (!Number.isFinite(value))
      throw new StatisticsError('not-finite', `${field}[${i}]`, `${value}`, 'a finite number');
  }
  return values;
}

/**
 * Copies two paired samples and checks them.
 *
 * @throws StatisticsError `length-mismatch`, `too-few`, `not-finite`
 */
export function checkedPair(x: Sample, y: Sample, minimum = 1): readonly [Float64Array, Float64Array] {
  if (x.length !== y.length) {
    throw new StatisticsError('length-mismatch', 'y', `${y.length} observations`, `${x.length}, as many as x has`);
  }
  return [checkedSample(x, 'x', minimum), checkedSample(y, 'y', minimum)];
}

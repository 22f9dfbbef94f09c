import { mean } from '../descriptive/mean.js';
import { quantile } from '../descriptive/quantile.js';
import { StatisticsError } from '../errors.js';
import { checkedSample, type Sample } from '../sample.js';

/** What one run had reached and when: a step curve, which keeps each value until the next time. */
export interface TimedCurve {
  /** Strictly increasing; any unit. */
  readonly times: Sample;
  /** One per time, such as an incumbent or a regret. */
  readonly values: Sample;
}

export interface AnyTimeCurve {
  readonly times: Float64Array;
  readonly mean: Float64Array;
  readonly median: Float64Array;
  readonly lowerQuartile: Float64Array;
  readonly upperQuartile: Float64Array;
}

/**
 * Sums up the runs of a method over a common time axis: all times at which any run changes, from
 * the first at which every run has a value to the last at which every run is still observed.
 *
 * @throws StatisticsError `too-few` (no run, or no time at which all runs overlap),
 * `length-mismatch`, `not-finite`, `out-of-range` (times that do not increase)
 */
export function anyTimeCurve(runs: readonly TimedCurve[]): AnyTimeCurve {
  if (runs.length === 0) throw new StatisticsError('too-few', 'runs', '0 runs', 'at least 1');
  const curves = runs.map((run, i) => checkedCurve(run, `runs[${i}]`));
  const first = Math.max(...curves.map(({ times }) => times[0] as number));
  const last = Math.min(...curves.map(({ times }) => times[times.length - 1] as number));
  const all = new Set(curves.flatMap(({ times }) => [...times]));
  const times = Float64Array.from([...all].filter((time) => time >= first && time <= last)).sort();
  if (times.length === 0) {
    throw new StatisticsError(
      'too-few',
      'runs',
      `one run begins at ${first}, another ends at ${last}`,
      'runs that overlap in time',
    );
  }
  const columns = sampleSteps(curves, times);
  const over = (statistic: (values: Float64Array) => number) => Float64Array.from(columns, statistic);
  return {
    times,
    mean: over(mean),
    median: over((values) => quantile(values, 0.5)),
    lowerQuartile: over((values) => quantile(values, 0.25)),
    upperQuartile: over((values) => quantile(values, 0.75)),
  };
}

/**
 * Mean height of a step curve from its first to its last time: one number for any-time performance.
 *
 * @throws StatisticsError `too-few` (fewer than 2 times), `length-mismatch`, `not-finite`,
 * `out-of-range` (times that do not increase)
 */
export function averageOverTime(curve: TimedCurve): number {
  const { times, values } = checkedCurve(curve, 'curve', 2);
  const end = times.length - 1;
  let area = 0;
  for (let i = 0; i < end; i++) area += (values[i] as number) * ((times[i + 1] as number) - (times[i] as number));
  return area / ((times[end] as number) - (times[0] as number));
}

interface CheckedCurve {
  readonly times: Float64Array;
  readonly values: Float64Array;
}

function checkedCurve(curve: TimedCurve, field: string, minimum = 1): CheckedCurve {
  const times = checkedSample(curve.times, `${field}.times`, minimum);
  const values = checkedSample(curve.values, `${field}.values`, minimum);
  if (times.length !== values.length) {
    throw new StatisticsError(
      'length-mismatch',
      `${field}.values`,
      `${values.length} values`,
      `${times.length}, one per time`,
    );
  }
  for (let i = 1; i < times.length; i++) {
    if ((times[i] as number) > (times[i - 1] as number)) continue;
    throw new StatisticsError('out-of-range', `${field}.times[${i}]`, `${times[i]}`, `a time after ${times[i - 1]}`);
  }
  return { times, values };
}

/** For each time, the value of every run then. */
function sampleSteps(curves: readonly CheckedCurve[], times: Float64Array): Float64Array[] {
  const columns = Array.from(times, () => new Float64Array(curves.length));
  for (const [run, { times: own, values }] of curves.entries()) {
    let at = 0;
    for (const [i, time] of times.entries()) {
      while (at + 1 < own.length && (own[at + 1] as number) <= time) at++;
      (columns[i] as Float64Array)[run] = values[at] as number;
    }
  }
  return columns;
}

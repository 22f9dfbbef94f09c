import { type Figure, lineChart, type Series, seriesNumbers } from '@oneshot/plots';
import { anyTimeCurve } from '@oneshot/stats';
import { grouped } from '../grouped.js';
import { InputError, type InputFault } from '../input/input-error.js';
import type { NamedRow } from '../input/named-table.js';
import { axisNames, type FigureOptions } from './figure-options.js';

const size = { width: 640, height: 340, legend: true } as const;

/** Lines, with a band where both of its edges are given. */
export function drawCurves(
  rows: readonly NamedRow[],
  { title = 'Curves', xScale = 'linear', xLabel = 'x', yLabel, methods = [] }: FigureOptions,
): Figure {
  const groups = grouped(rows, (row) => row.text('series') ?? '');
  const colours = coloursOf(groups, methods);
  const series = groups.map(([name, own]): Series => {
    const sorted = [...own].sort((a, b) => (a.number('x') ?? 0) - (b.number('x') ?? 0));
    const band = sorted.flatMap((row) => {
      const [x, low, high] = [row.number('x'), row.number('low'), row.number('high')];
      return x === undefined || low === undefined || high === undefined ? [] : [[x, low, high] as const];
    });
    return {
      name,
      colour: colours.get(name) ?? 0,
      points: sorted.map((row) => [row.number('x') ?? Number.NaN, row.number('y') ?? Number.NaN] as const),
      ...(band.length === sorted.length ? { band } : {}),
    };
  });
  return lineChart({ ...size, title, series, ...axisNames(xLabel, yLabel), xScale });
}

/** Median over the runs of each method as steps, with quartiles as a band. */
export function drawAnyTime(
  rows: readonly NamedRow[],
  { title = 'Any-time performance', xScale = 'linear', xLabel = 'time', yLabel, methods = [] }: FigureOptions,
): Figure {
  const faults: InputFault[] = [];
  const groups = grouped(rows, (row) => row.text('method') ?? '');
  const colours = coloursOf(groups, methods);
  const series = groups.flatMap(([name, own]): Series[] => {
    const runs = grouped(own, (row) => row.text('seed') ?? '').map(([seed, points]) => {
      const curve = {
        times: points.map((row) => row.number('time') ?? 0),
        values: points.map((row) => row.number('value') ?? 0),
      };
      const back = curve.times.findIndex((time, at) => at > 0 && time <= (curve.times[at - 1] ?? 0));
      const field = `${name}${seed === '' ? '' : `, seed ${seed}`}`;
      const allowed = 'times that increase within a run; repetitions need a column seed';
      if (back >= 0) faults.push({ field, found: `time ${curve.times[back]} after ${curve.times[back - 1]}`, allowed });
      return curve;
    });
    if (faults.length > 0) return [];
    const starts = Math.max(...runs.map(({ times }) => times[0] ?? 0));
    const ends = Math.min(...runs.map(({ times }) => times.at(-1) ?? 0));
    if (starts > ends) {
      faults.push({
        field: name,
        found: `a run that begins at ${starts} and one that ends at ${ends}`,
        allowed: 'runs that overlap in time',
      });
      return [];
    }
    const { times, median, lowerQuartile, upperQuartile } = anyTimeCurve(runs);
    const at = (values: Float64Array, index: number) => values[index] ?? Number.NaN;
    return [
      {
        name,
        colour: colours.get(name) ?? 0,
        points: Array.from(times, (time, index) => [time, at(median, index)] as const),
        ...(runs.length > 1
          ? {
              band: Array.from(
                times,
                (time, index) => [time, at(lowerQuartile, index), at(upperQuartile, index)] as const,
              ),
            }
          : {}),
      },
    ];
  });
  if (faults.length > 0) throw new InputError(faults);
  return lineChart({ ...size, title, series, ...axisNames(xLabel, yLabel), xScale, line: 'steps' });
}

/** How likely each trainer is to sample an architecture of at most a certain accuracy. */
export function drawCumulativeProbability(
  rows: readonly NamedRow[],
  {
    title = 'Cumulative sampling probability against accuracy',
    xLabel = 'accuracy',
    yLabel = 'probability',
    methods = [],
  }: FigureOptions,
): Figure {
  const faults: InputFault[] = [];
  const groups = grouped(rows, (row) => row.text('series') ?? '');
  const colours = coloursOf(groups, methods);
  const series = groups.map(([name, own]): Series => {
    const sorted = own
      .map((row) => ({ accuracy: row.number('accuracy') ?? 0, probability: row.number('probability') ?? 0 }))
      .sort((a, b) => a.accuracy - b.accuracy);
    const total = sorted.reduce((sum, { probability }) => sum + probability, 0);
    const negative = sorted.find(({ probability }) => probability < 0);
    if (negative !== undefined || !(total > 0)) {
      faults.push({
        field: name,
        found: negative === undefined ? 'probabilities that are all 0' : `probability ${negative.probability}`,
        allowed: 'probabilities of at least 0, not all 0',
      });
    }
    let reached = 0;
    const points = sorted.map(({ accuracy, probability }) => {
      reached += probability / total;
      return [accuracy, reached] as const;
    });
    return { name, colour: colours.get(name) ?? 0, points };
  });
  if (faults.length > 0) throw new InputError(faults);
  return lineChart({ ...size, title, series, ...axisNames(xLabel, yLabel), yDomain: [0, 1], line: 'steps' });
}

function coloursOf(groups: readonly (readonly [string, unknown])[], methods: readonly string[]) {
  return seriesNumbers(
    groups.map(([name]) => name),
    methods,
  );
}

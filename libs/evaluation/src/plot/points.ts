import { type Figure, frontOf, type ScatterPoint, scatterPlot } from '@oneshot/plots';
import { kendall, StatisticsError } from '@oneshot/stats';
import type { NamedRow } from '../input/named-table.js';
import { formatP } from '../words/numbers.js';
import type { FigureOptions } from './figure-options.js';

/** Points with Kendall's τ-b between x and y. */
export function drawScatter(
  rows: readonly NamedRow[],
  { title = 'Scatter', xScale = 'linear', xLabel = 'x', yLabel = 'y' }: FigureOptions,
): Figure {
  const points = pointsOf(rows);
  return scatterPlot({ title, xName: xLabel, yName: yLabel, points, xScale, note: tauNote(points) });
}

/** Points with their Pareto front: less of x and more of y is better. */
export function drawPareto(
  rows: readonly NamedRow[],
  { title = 'Pareto front', xScale = 'linear', xLabel = 'x', yLabel = 'y' }: FigureOptions,
): Figure {
  const points = pointsOf(rows);
  const front = frontOf(points);
  const note = `${front.length} of ${points.length} on the front: less x and more y is better`;
  return scatterPlot({ title, xName: xLabel, yName: yLabel, points, xScale, front, note });
}

function pointsOf(rows: readonly NamedRow[]): ScatterPoint[] {
  return rows.map((row) => {
    const [label, group] = [row.text('label'), row.text('group')];
    return {
      x: row.number('x') ?? Number.NaN,
      y: row.number('y') ?? Number.NaN,
      ...(label === undefined ? {} : { label }),
      ...(group === undefined ? {} : { group }),
    };
  });
}

function tauNote(points: readonly ScatterPoint[]): string {
  try {
    const { tau, pValue } = kendall(
      points.map(({ x }) => x),
      points.map(({ y }) => y),
    );
    return `Kendall’s τ-b = ${tau.toFixed(3)}, ${formatP(pValue)}, ${points.length} points`;
  } catch (error) {
    if (!(error instanceof StatisticsError)) throw error;
    return `no τ: ${error.code === 'constant' ? 'one of the two is the same everywhere' : 'too few points'}`;
  }
}

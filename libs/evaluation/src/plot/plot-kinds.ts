import type { Figure } from '@oneshot/plots';
import { type AnalysisOptions, analyseScores } from '../analysis/analyse.js';
import { rankDiagram, scoreBoxes, winRateMatrix } from '../figures/rank-figures.js';
import { type ColumnSpec, readNamedTable } from '../input/named-table.js';
import { type ReadScoresOptions, readScores } from '../input/read-scores.js';
import type { TableSource } from '../input/table-source.js';
import { drawAlphaHeatMap, drawAlphaTrajectories, drawOperations } from './architecture-parameters.js';
import { drawAnyTime, drawCumulativeProbability, drawCurves } from './curves.js';
import type { FigureOptions } from './figure-options.js';
import { drawHeatMap } from './heat-map.js';
import { drawKendall } from './kendall.js';
import { drawPareto, drawScatter } from './points.js';

/** Kinds of figure that can be drawn of a table. */
export const plotKinds = [
  'critical-difference',
  'win-rate',
  'kendall',
  'boxes',
  'curves',
  'any-time',
  'scatter',
  'pareto',
  'heat-map',
  'alpha',
  'alpha-trajectories',
  'operations',
  'cumulative-probability',
] as const;
export type PlotKind = (typeof plotKinds)[number];

export interface PlotOptions extends ReadScoresOptions, AnalysisOptions, FigureOptions {}

/** Draws one figure of a table. @throws InputError with every fault of the table */
export function plotTable(kind: PlotKind, table: TableSource, options: PlotOptions = {}): Figure {
  switch (kind) {
    case 'critical-difference':
      return rankDiagram(analysisOf(table, options), options);
    case 'win-rate':
      return winRateMatrix(analysisOf(table, options), options);
    case 'kendall':
      return drawKendall(readScores(table, options), options);
    case 'boxes':
      return scoreBoxes(analysisOf(table, options), options);
    case 'curves':
      return drawCurves(readNamedTable(table, curveColumns), options);
    case 'any-time':
      return drawAnyTime(readNamedTable(table, timeColumns), options);
    case 'scatter':
      return drawScatter(readNamedTable(table, pointColumns), options);
    case 'pareto':
      return drawPareto(readNamedTable(table, pointColumns), options);
    case 'heat-map':
      return drawHeatMap(readNamedTable(table, heatColumns), options);
    case 'alpha':
      return drawAlphaHeatMap(readNamedTable(table, alphaColumns), options);
    case 'alpha-trajectories':
      return drawAlphaTrajectories(readNamedTable(table, alphaColumns), options);
    case 'operations':
      return drawOperations(readNamedTable(table, alphaColumns), options);
    case 'cumulative-probability':
      return drawCumulativeProbability(readNamedTable(table, probabilityColumns), options);
  }
}

/** Which axes of a kind have names that can be chosen. */
export function namedAxes(kind: PlotKind): { readonly x: boolean; readonly y: boolean } {
  return { x: true, y: kind !== 'critical-difference' };
}

function analysisOf(table: TableSource, options: PlotOptions) {
  return analyseScores(readScores(table, options), options);
}

const curveColumns: readonly ColumnSpec[] = [
  { names: ['series', 'method', 'name'], type: 'text' },
  { names: ['x', 'epoch', 'step', 'time'], type: 'number' },
  { names: ['y', 'value', 'loss', 'accuracy'], type: 'number' },
  { names: ['low'], type: 'number', optional: true },
  { names: ['high'], type: 'number', optional: true },
];
const timeColumns: readonly ColumnSpec[] = [
  { names: ['method', 'series', 'name'], type: 'text' },
  { names: ['seed', 'run'], type: 'text', optional: true },
  { names: ['time', 'seconds', 'evaluations', 'epoch', 'x'], type: 'number' },
  { names: ['value', 'accuracy', 'regret', 'y'], type: 'number' },
];
const pointColumns: readonly ColumnSpec[] = [
  { names: ['x', 'cost', 'parameters', 'latency'], type: 'number' },
  { names: ['y', 'value', 'accuracy'], type: 'number' },
  { names: ['label', 'name', 'method'], type: 'text', optional: true },
  { names: ['group', 'series', 'benchmark'], type: 'text', optional: true },
];
const heatColumns: readonly ColumnSpec[] = [
  { names: ['row'], type: 'text' },
  { names: ['column'], type: 'text' },
  { names: ['value'], type: 'number' },
];
const alphaColumns: readonly ColumnSpec[] = [
  { names: ['epoch'], type: 'number' },
  { names: ['choice', 'edge'], type: 'text' },
  { names: ['option', 'operation', 'op'], type: 'text' },
  { names: ['weight', 'value'], type: 'number' },
];
const probabilityColumns: readonly ColumnSpec[] = [
  { names: ['series', 'method', 'name'], type: 'text' },
  { names: ['probability', 'p'], type: 'number' },
  { names: ['accuracy', 'value'], type: 'number' },
];

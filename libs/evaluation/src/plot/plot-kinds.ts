import type { Figure } from '@oneshot/plots';
import { figureGrid } from '@oneshot/plots';
import { type AnalysisOptions, analyseScores } from '../analysis/analyse.js';
import { kendallMatrix, rankDiagram, scorePlot, winRateMatrix } from '../figures/rank-figures.js';
import { type ColumnSpec, readNamedTable } from '../input/named-table.js';
import { type ReadScoresOptions, readScores } from '../input/read-scores.js';
import { drawAlphaHeatMap, drawAlphaTrajectories, drawOperations } from './architecture-parameters.js';
import { drawAnyTime, drawCumulativeProbability, drawCurves } from './curves.js';
import { drawHeatMap } from './heat-map.js';
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

export interface PlotOptions extends ReadScoresOptions, AnalysisOptions {
  /** Default: what the figure calls itself. */
  readonly title?: string;
  /** Scale of the x axis of `curves`, `any-time`, `scatter` and `pareto`. Default `linear`. */
  readonly xScale?: 'linear' | 'log';
}

/** What a kind needs of its table, in a few words. */
export const plotColumns: Readonly<Record<PlotKind, string>> = {
  'critical-difference': 'scores, long or wide, as for ranking',
  'win-rate': 'scores, long or wide, as for ranking',
  kendall: 'scores, long or wide, as for ranking',
  boxes: 'scores, long or wide, as for ranking',
  curves: 'series, x, y, and optionally low and high',
  'any-time': 'method, time, value, and optionally seed',
  scatter: 'x, y, and optionally label and group',
  pareto: 'x (a cost: less is better), y (more is better), and optionally label and group',
  'heat-map': 'row, column, value',
  alpha: 'epoch, choice, option, weight',
  'alpha-trajectories': 'epoch, choice, option, weight',
  operations: 'epoch, choice, option, weight',
  'cumulative-probability': 'series, probability, accuracy: a row per architecture',
};

/** Draws one figure of a table. @throws InputError with every fault of the table */
export function plotTable(kind: PlotKind, text: string, options: PlotOptions = {}): Figure {
  switch (kind) {
    case 'critical-difference':
      return rankDiagram(analysisOf(text, options));
    case 'win-rate':
      return winRateMatrix(analysisOf(text, options));
    case 'kendall':
      return kendallMatrix(analysisOf(text, options));
    case 'boxes': {
      const analysis = analysisOf(text, options);
      const panels = analysis.benchmarks.map((_, at) => scorePlot(analysis, at));
      return panels.length === 1 && panels[0] !== undefined
        ? panels[0]
        : figureGrid(options.title ?? analysis.measure, panels, 1);
    }
    case 'curves':
      return drawCurves(readNamedTable(text, curveColumns), options);
    case 'any-time':
      return drawAnyTime(readNamedTable(text, timeColumns), options);
    case 'scatter':
      return drawScatter(readNamedTable(text, pointColumns), options);
    case 'pareto':
      return drawPareto(readNamedTable(text, pointColumns), options);
    case 'heat-map':
      return drawHeatMap(readNamedTable(text, heatColumns), options);
    case 'alpha':
      return drawAlphaHeatMap(readNamedTable(text, alphaColumns), options);
    case 'alpha-trajectories':
      return drawAlphaTrajectories(readNamedTable(text, alphaColumns), options);
    case 'operations':
      return drawOperations(readNamedTable(text, alphaColumns), options);
    case 'cumulative-probability':
      return drawCumulativeProbability(readNamedTable(text, probabilityColumns), options);
  }
}

function analysisOf(text: string, options: PlotOptions) {
  return analyseScores(readScores(text, options), options);
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

import { mean, median } from '@oneshot/stats';
import { frontOf } from '../charts/pareto-front.js';
import { scatterPlot } from '../charts/scatter-plot.js';
import type { Figure } from '../figure/figure.js';
import { formatCount, formatSeconds } from '../look/numbers.js';
import { element, type Markup } from '../markup/markup.js';
import type { CampaignReport, ReportRun } from './campaign-report.js';
import { table } from './table.js';

/**
 * What each method cost, and scores against size and speed of the models; `undefined` if no run
 * tells any of it.
 */
export function costSection(
  { runs, scoreName }: CampaignReport,
  colours: ReadonlyMap<string, number>,
): Markup | undefined {
  const methods = [...new Set(runs.map(({ method }) => method))].map((name) => ({
    name,
    runs: runs.filter(({ method }) => method === name),
  }));
  const told = runs.some((run) => run.searchSeconds !== undefined || run.trainSeconds !== undefined);
  const figures = [
    against(runs, scoreName, colours, 'parameters', (run) => run.parameters),
    against(runs, scoreName, colours, 'latency in ms', (run) => run.latencyMedianMs),
  ].filter((figure) => figure !== undefined);
  if (!told && figures.length === 0) return undefined;
  const over = (own: readonly ReportRun[], read: (run: ReportRun) => number | undefined) =>
    own.flatMap((run) => read(run) ?? []);
  const cell = (values: readonly number[], write: (values: readonly number[]) => string) =>
    values.length === 0 ? undefined : write(values);
  const total = (values: readonly number[]) => formatSeconds(values.reduce((sum, value) => sum + value, 0));
  return element(
    'div',
    { class: 'beside' },
    table<{ name: string; runs: readonly ReportRun[] }>(
      'What each method cost',
      [
        { name: 'method', cell: (row) => row.name },
        { name: 'runs', number: true, cell: (row) => row.runs.length },
        {
          name: 'search, all runs',
          number: true,
          cell: (row) =>
            cell(
              over(row.runs, (run) => run.searchSeconds),
              total,
            ),
        },
        {
          name: 'retraining, all runs',
          number: true,
          cell: (row) =>
            cell(
              over(row.runs, (run) => run.trainSeconds),
              total,
            ),
        },
        {
          name: 'mean parameters',
          number: true,
          cell: (row) =>
            cell(
              over(row.runs, (run) => run.parameters),
              (values) => formatCount(mean(values)),
            ),
        },
        {
          name: 'median latency',
          number: true,
          cell: (row) =>
            cell(
              over(row.runs, (run) => run.latencyMedianMs),
              (values) => `${median(values).toPrecision(3)} ms`,
            ),
        },
      ],
      methods,
    ),
    figures.length === 0 ? undefined : element('div', { class: 'figures' }, figures),
  );
}

/**
 * Scores against a cost, with the front of those that no other beats in both; `undefined` with
 * fewer than two points.
 */
function against(
  runs: readonly ReportRun[],
  scoreName: string,
  colours: ReadonlyMap<string, number>,
  costName: string,
  read: (run: ReportRun) => number | undefined,
): Figure | undefined {
  const points = runs.flatMap((run) => {
    const cost = read(run);
    return cost === undefined || run.score === undefined
      ? []
      : [{ x: cost, y: 100 * run.score, group: run.method, label: `${run.benchmark}, seed ${run.seed}` }];
  });
  if (points.length < 2) return undefined;
  return scatterPlot({
    title: `${scoreName} against ${costName}`,
    xName: costName,
    yName: `${scoreName}, %`,
    points: points.length > 24 ? points.map(({ label: _, ...point }) => point) : points,
    front: frontOf(points),
    colours,
  });
}

import { quantile } from '@oneshot/stats';
import { legend } from '../charts/legend.js';
import { lineChart, type Series } from '../charts/line-chart.js';
import { element, type Markup } from '../markup/markup.js';
import type { ReportRun } from './campaign-report.js';

// More lines than this in one chart are summed up by method.
const mostLines = 24;

interface Chart {
  readonly benchmark: string;
  readonly phase: string;
  readonly metric: string;
  readonly series: (Series & { readonly method: string })[];
}

/**
 * One chart per benchmark, phase and metric; one line per run, coloured by method, or where runs
 * are many one line per method. `undefined` if no run has a curve.
 */
export function curvesSection(runs: readonly ReportRun[], colours: ReadonlyMap<string, number>): Markup | undefined {
  const charts = chartsOf(runs, colours);
  if (charts.length === 0) return undefined;
  const benchmarks = new Set(charts.map((chart) => chart.benchmark));
  const summed = charts.some(({ series }) => series.length > mostLines);
  const drawn = charts.map(({ benchmark, phase, metric, series }) =>
    lineChart({
      title: `${benchmarks.size > 1 ? `${benchmark}: ` : ''}${phase}, ${metric.replaceAll('_', ' ')}`,
      series: series.length > mostLines ? byMethod(series) : series,
      xName: 'epoch',
      percent: metric.endsWith('accuracy'),
      width: 440,
      height: 240,
    }),
  );
  const note = summed
    ? 'One line per method: the median of its runs, with their quartiles as a band.'
    : 'One line per run; seeds of a method share its colour.';
  return element(
    'div',
    {},
    legend([...colours].map(([name, colour]) => ({ name, colour }))),
    element('div', { class: 'figures' }, drawn),
    element('p', { class: 'muted' }, `${note} Values appear on hover.`),
  );
}

function chartsOf(runs: readonly ReportRun[], colours: ReadonlyMap<string, number>): Chart[] {
  const charts = new Map<string, Chart>();
  for (const run of runs) {
    for (const { phase, metric, points } of run.curves) {
      const key = JSON.stringify([run.benchmark, phase, metric]);
      const chart = charts.get(key) ?? { benchmark: run.benchmark, phase, metric, series: [] };
      const { method } = run;
      chart.series.push({ name: `${method}, seed ${run.seed}`, points, colour: colours.get(method) ?? 0, method });
      charts.set(key, chart);
    }
  }
  return [...charts.values()];
}

function byMethod(series: Chart['series']): Series[] {
  return [...new Set(series.map(({ method }) => method))].map((method) => {
    const own = series.filter((each) => each.method === method);
    const values = new Map<number, number[]>();
    for (const [epoch, value] of own.flatMap(({ points }) => points)) {
      if (!Number.isFinite(value)) continue;
      const known = values.get(epoch);
      if (known === undefined) values.set(epoch, [value]);
      else known.push(value);
    }
    const epochs = [...values].sort(([a], [b]) => a - b);
    return {
      name: `${method}, median of ${own.length}`,
      colour: own[0]?.colour ?? 0,
      points: epochs.map(([epoch, all]) => [epoch, quantile(all, 0.5)] as const),
      band: epochs.map(([epoch, all]) => [epoch, quantile(all, 0.25), quantile(all, 0.75)] as const),
    };
  });
}

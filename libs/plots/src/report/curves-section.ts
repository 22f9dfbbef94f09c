import { legend } from '../charts/legend.js';
import { lineChart, type Series } from '../charts/line-chart.js';
import { element, type Markup } from '../markup/markup.js';
import type { ReportRun } from './campaign-report.js';

/** One chart per benchmark, phase and metric; one line per run, coloured by method. `undefined` if no run has a curve. */
export function curvesSection(runs: readonly ReportRun[], colours: ReadonlyMap<string, number>): Markup | undefined {
  const charts = new Map<string, { benchmark: string; phase: string; metric: string; series: Series[] }>();
  for (const run of runs) {
    for (const curve of run.curves) {
      const key = JSON.stringify([run.benchmark, curve.phase, curve.metric]);
      const chart = charts.get(key) ?? {
        benchmark: run.benchmark,
        phase: curve.phase,
        metric: curve.metric,
        series: [],
      };
      chart.series.push({
        name: `${run.method}, seed ${run.seed}`,
        points: curve.points,
        colour: colours.get(run.method) ?? 0,
      });
      charts.set(key, chart);
    }
  }
  if (charts.size === 0) return undefined;
  const benchmarks = new Set([...charts.values()].map((chart) => chart.benchmark));
  const drawn = [...charts.values()].map(({ benchmark, phase, metric, series }) =>
    lineChart({
      title: `${benchmarks.size > 1 ? `${benchmark}: ` : ''}${phase}, ${metric.replaceAll('_', ' ')}`,
      series,
      xName: 'epoch',
      percent: metric.endsWith('accuracy'),
      width: 440,
      height: 240,
    }),
  );
  const entries = [...colours].map(([name, colour]) => ({ name, colour }));
  return element(
    'div',
    {},
    legend(entries),
    element('div', { class: 'figures' }, drawn),
    element('p', { class: 'muted' }, 'One line per run; seeds of a method share its colour. Values appear on hover.'),
  );
}

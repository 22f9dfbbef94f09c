import { legend } from '../charts/legend.js';
import { lineChart } from '../charts/line-chart.js';
import { extent } from '../charts/scale.js';
import { seriesNumbers } from '../look/series-numbers.js';
import { element, type Markup } from '../markup/markup.js';
import { colourBar } from '../matrices/colour-scale.js';
import { heatMap } from '../matrices/heat-map.js';
import type { ChoiceTrajectory, ReportRun } from './campaign-report.js';
import { chosenRuns } from './chosen-runs.js';

// Above this many choices, small charts of lines are no longer read side by side.
const mostCharts = 12;

/**
 * How architecture parameters moved, run by run: lines per choice, or a heat map where choices are
 * many.
 */
export function choicesSection(runs: readonly ReportRun[]): Markup | undefined {
  const { runs: searched, note } = chosenRuns(runs.filter((run) => run.choices.length > 0));
  if (searched.length === 0) return undefined;
  const colours = seriesNumbers(searched.flatMap((run) => run.choices.flatMap(({ options }) => options)));
  return element(
    'div',
    {},
    note,
    searched.map((run) => [
      element('h3', {}, `${run.method}, ${run.benchmark}, seed ${run.seed}`),
      run.choices.length <= mostCharts ? lines(run.choices, colours) : heat(run.choices),
    ]),
  );
}

function lines(choices: readonly ChoiceTrajectory[], colours: ReadonlyMap<string, number>): Markup {
  const options = [...new Set(choices.flatMap((choice) => choice.options))];
  const range = extent(choices.flatMap((choice) => choice.weights.flat()));
  const charts = choices.map((choice) =>
    lineChart({
      title: choice.name,
      width: 290,
      height: 170,
      ...(range === undefined ? {} : { yDomain: range }),
      series: choice.options.map((name, column) => ({
        name,
        colour: colours.get(name) ?? 0,
        points: choice.epochs.map((epoch, row) => [epoch, choice.weights[row]?.[column] ?? Number.NaN] as const),
      })),
    }),
  );
  return element(
    'div',
    {},
    legend(options.map((name) => ({ name, colour: colours.get(name) ?? 0 }))),
    element('div', { class: 'figures' }, charts),
    element('p', { class: 'muted' }, 'All charts of a run share one scale, which need not begin at 0.'),
  );
}

function heat(choices: readonly ChoiceTrajectory[]): Markup {
  const greatest = Math.max(0, ...(extent(choices.flatMap((choice) => choice.weights.flat())) ?? []));
  const scale = { kind: 'sequential', low: 0, high: greatest || 1 } as const;
  const format = (value: number) => value.toFixed(3);
  const maps = choices.map((choice) =>
    heatMap({
      title: choice.name,
      scale,
      format,
      valueName: null,
      columnKind: 'steps',
      columns: choice.epochs.map((epoch) => `epoch ${epoch}`),
      rows: choice.options.map((name, column) => ({
        name,
        values: choice.weights.map((row) => row[column] ?? null),
      })),
      width: 340,
    }),
  );
  return element(
    'div',
    {},
    colourBar({ scale, format, valueName: 'weight', light: false }),
    element('div', { class: 'figures' }, maps),
  );
}

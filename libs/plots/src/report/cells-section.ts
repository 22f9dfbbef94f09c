import { drawGraph } from '../graphs/draw-graph.js';
import { formatPercent } from '../look/numbers.js';
import { element, type Markup } from '../markup/markup.js';
import type { ReportRun } from './campaign-report.js';
import { chosenRuns } from './chosen-runs.js';
import { link } from './runs-section.js';

/** The found cells, run by run, with the genotype as text and the model's file. */
export function cellsSection(runs: readonly ReportRun[], scoreName: string): Markup | undefined {
  const { runs: found, note } = chosenRuns(runs.filter((run) => run.cells.length > 0 || run.genotype !== undefined));
  if (found.length === 0) return undefined;
  return element(
    'div',
    {},
    note,
    found.map((run) =>
      element(
        'div',
        { class: 'run' },
        element(
          'h3',
          {},
          `${run.method}, ${run.benchmark}, seed ${run.seed}`,
          run.score === undefined ? undefined : `: ${formatPercent(run.score)} ${scoreName}`,
        ),
        element('div', { class: 'figures' }, run.cells.map(drawGraph)),
        run.genotype === undefined ? undefined : element('p', {}, element('code', {}, run.genotype)),
        run.model === undefined ? undefined : element('p', {}, link(run.model)),
      ),
    ),
  );
}

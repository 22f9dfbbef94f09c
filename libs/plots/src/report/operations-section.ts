import { heatMap } from '../charts/heat-map.js';
import { element, type Markup } from '../markup/markup.js';
import type { ChoiceTrajectory, ReportRun } from './campaign-report.js';

/** For each method, how often each operation is the strongest of its choice, epoch by epoch over all its runs. */
export function operationsSection(runs: readonly ReportRun[]): Markup | undefined {
  const searched = runs.filter((run) => run.choices.some(({ epochs }) => epochs.length > 1));
  if (searched.length === 0) return undefined;
  const methods = [...new Set(searched.map(({ method }) => method))];
  const maps = methods.map((method) => {
    const choices = searched.filter((run) => run.method === method).flatMap((run) => run.choices);
    const epochs = [...new Set(choices.flatMap((choice) => choice.epochs))].sort((a, b) => a - b);
    const operations = [...new Set(choices.flatMap(({ options }) => options))];
    return heatMap({
      title: method,
      maximum: 1,
      columns: epochs.map((epoch) => `epoch ${epoch}`),
      rows: operations.map((name) => ({ name, values: epochs.map((epoch) => shareOf(name, epoch, choices)) })),
    });
  });
  return element(
    'div',
    {},
    element('div', { class: 'figures' }, maps),
    element(
      'p',
      { class: 'muted' },
      'Share of choices in which the operation has the greatest weight; to the right the last epoch’s.',
    ),
  );
}

function shareOf(operation: string, epoch: number, choices: readonly ChoiceTrajectory[]): number {
  const strongest = choices.flatMap(({ epochs, options, weights }) => {
    const row = weights[epochs.indexOf(epoch)];
    if (row === undefined || row.length === 0) return [];
    return [options[row.indexOf(Math.max(...row))] ?? ''];
  });
  return strongest.length === 0 ? 0 : strongest.filter((name) => name === operation).length / strongest.length;
}

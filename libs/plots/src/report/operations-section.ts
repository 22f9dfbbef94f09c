import { formatPercent } from '../look/numbers.js';
import { element, type Markup } from '../markup/markup.js';
import { colourBar } from '../matrices/colour-scale.js';
import { heatMap } from '../matrices/heat-map.js';
import type { ChoiceTrajectory, ReportRun } from './campaign-report.js';

/**
 * For each method, how often each operation is the strongest of its choice, epoch by epoch over all
 * its runs.
 */
export function operationsSection(runs: readonly ReportRun[]): Markup | undefined {
  const searched = runs.filter((run) => run.choices.some(({ epochs }) => epochs.length > 1));
  if (searched.length === 0) return undefined;
  const scale = { kind: 'sequential', low: 0, high: 1 } as const;
  const methods = [...new Set(searched.map(({ method }) => method))];
  const maps = methods.map((method) => {
    const choices = searched.filter((run) => run.method === method).flatMap((run) => run.choices);
    const epochs = [...new Set(choices.flatMap((choice) => choice.epochs))].sort((a, b) => a - b);
    const operations = [...new Set(choices.flatMap(({ options }) => options))];
    const strongest = strongestByEpoch(choices);
    return heatMap({
      title: method,
      scale,
      format: (value) => value.toFixed(3),
      valueName: null,
      columnKind: 'steps',
      columns: epochs.map((epoch) => `epoch ${epoch}`),
      rows: operations.map((name) => ({ name, values: epochs.map((epoch) => shareOf(name, strongest.get(epoch))) })),
    });
  });
  return element(
    'div',
    {},
    colourBar({ scale, format: formatPercent, valueName: 'share of choices', light: false }),
    element('div', { class: 'figures' }, maps),
    element(
      'p',
      { class: 'muted' },
      'Share of choices in which the operation has the greatest weight; to the right the last epoch’s.',
    ),
  );
}

/** By epoch, in how many choices each operation has the greatest weight. */
function strongestByEpoch(choices: readonly ChoiceTrajectory[]): ReadonlyMap<number, ReadonlyMap<string, number>> {
  const byEpoch = new Map<number, Map<string, number>>();
  for (const { epochs, options, weights } of choices) {
    for (const [at, epoch] of epochs.entries()) {
      const row = weights[at];
      if (row === undefined || row.length === 0) continue;
      const counts = byEpoch.get(epoch) ?? new Map<string, number>();
      byEpoch.set(epoch, counts);
      const strongest = options[row.indexOf(Math.max(...row))] ?? '';
      counts.set(strongest, (counts.get(strongest) ?? 0) + 1);
    }
  }
  return byEpoch;
}

function shareOf(operation: string, counts: ReadonlyMap<string, number> = new Map()): number {
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  return total === 0 ? 0 : (counts.get(operation) ?? 0) / total;
}

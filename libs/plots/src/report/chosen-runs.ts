import { element, type Markup } from '../markup/markup.js';
import type { ReportRun } from './campaign-report.js';

// More runs than this nobody looks at one by one, and a page of them is slow.
const mostShown = 24;

/** Runs a section draws one by one. */
export interface ChosenRuns {
  readonly runs: readonly ReportRun[];
  /** Says which runs are left out; `undefined` if none is. */
  readonly note: Markup | undefined;
}

/**
 * All runs, or where they are many the best of each method on each benchmark, and where those are
 * many too the best of each method.
 */
export function chosenRuns(runs: readonly ReportRun[]): ChosenRuns {
  if (runs.length <= mostShown) return { runs, note: undefined };
  const perBenchmark = bestOf(runs, (run) => JSON.stringify([run.method, run.benchmark]));
  if (perBenchmark.length <= mostShown)
    return { runs: perBenchmark, note: told(runs, 'the best run of each method on each benchmark') };
  return { runs: bestOf(runs, (run) => run.method), note: told(runs, 'the best run of each method') };
}

function bestOf(runs: readonly ReportRun[], keyOf: (run: ReportRun) => string): ReportRun[] {
  const best = new Map<string, ReportRun>();
  for (const run of runs) {
    const key = keyOf(run);
    const before = best.get(key);
    if (before === undefined || (run.score ?? -1) > (before.score ?? -1)) best.set(key, run);
  }
  return [...best.values()];
}

function told(runs: readonly ReportRun[], which: string): Markup {
  return element('p', { class: 'muted' }, `Of ${runs.length} runs, ${which} is shown.`);
}

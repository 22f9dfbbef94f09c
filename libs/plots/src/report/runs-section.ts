import { formatBytes, formatCount, formatPercent, formatSeconds } from '../look/numbers.js';
import { element, type Markup } from '../markup/markup.js';
import type { ReportLink, ReportRun } from './campaign-report.js';
import { type Column, table } from './table.js';

/**
 * Links as they may be clicked: relative paths, web addresses and data links; anything else is
 * written out instead.
 */
export function link(target: ReportLink): Markup {
  const scheme = /^\s*([A-Za-z][A-Za-z0-9+.-]*):/.exec(target.href)?.[1]?.toLowerCase();
  const safe = scheme === undefined || scheme === 'https' || scheme === 'http' || scheme === 'data';
  return safe
    ? element('a', { href: target.href }, target.label)
    : element('span', {}, `${target.label} (${target.href})`);
}

/** One row per run; columns that no run fills are left out. */
export function runsSection(runs: readonly ReportRun[], scoreName: string): Markup {
  const columns: (Column<ReportRun> & { readonly filled: (run: ReportRun) => boolean })[] = [
    { name: 'method', cell: (run) => run.method, filled: () => true },
    { name: 'benchmark', cell: (run) => run.benchmark, filled: () => true },
    { name: 'seed', number: true, cell: (run) => run.seed, filled: () => true },
    {
      name: scoreName,
      number: true,
      cell: (run) => (run.score === undefined ? run.state : formatPercent(run.score)),
      filled: () => true,
    },
    column('parameters', (run) => run.parameters, formatCount),
    column('search', (run) => run.searchSeconds, formatSeconds),
    column('retraining', (run) => run.trainSeconds, formatSeconds),
    column(
      'latency',
      (run) => run.latencyMedianMs,
      (milliseconds) => `${milliseconds.toPrecision(3)} ms`,
    ),
    column('size', (run) => run.modelBytes, formatBytes),
    {
      name: 'model',
      cell: (run) => (run.model === undefined ? undefined : link(run.model)),
      filled: (run) => run.model !== undefined,
    },
    {
      name: 'weights',
      cell: (run) =>
        run.weightsDigest === undefined ? undefined : element('code', {}, run.weightsDigest.slice(0, 12)),
      filled: (run) => run.weightsDigest !== undefined,
    },
    { name: 'error', cell: (run) => run.error, filled: (run) => run.error !== undefined },
  ];
  return table(
    'Every run',
    columns.filter((candidate) => runs.some(candidate.filled)),
    runs,
    (run) => (run.state === 'succeeded' ? undefined : 'failed'),
  );
}

function column(name: string, read: (run: ReportRun) => number | undefined, format: (value: number) => string) {
  return {
    name,
    number: true,
    cell: (run: ReportRun) => {
      const value = read(run);
      return value === undefined ? undefined : format(value);
    },
    filled: (run: ReportRun) => read(run) !== undefined,
  };
}

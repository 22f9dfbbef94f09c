import { findColumn, type ScoreColumns, usualNames } from './columns.js';
import type { FaultList } from './fault-list.js';
import type { Cell } from './passing-row.js';
import { readName, readNumber } from './read-cells.js';
import { tellRepetition } from './repetition.js';
import type { LeavesOut, ScoreForm } from './score-form.js';
import type { ScoreRows } from './score-rows.js';

/** A row per score. Faults are told in `faults`. @throws InputError if a column is missing */
export function longForm(
  header: readonly Cell[],
  columns: ScoreColumns,
  scores: ScoreRows,
  faults: FaultList,
  leavesOut?: LeavesOut,
): ScoreForm {
  const method = findColumn(header, columns.method, usualNames.method, faults);
  const benchmark = findColumn(header, columns.benchmark, usualNames.benchmark, faults);
  const seed = findColumn(header, columns.seed, usualNames.seed, faults);
  const value =
    findColumn(header, columns.value, usualNames.value, faults) ?? onlyOther(header, [method, benchmark, seed]);
  const absent = Object.entries({ method, benchmark, value }).filter(
    ([name, at]) => at === undefined && columns[name as keyof ScoreColumns] === undefined,
  );
  for (const [name] of absent) {
    const allowed = `a column ${name}, or its name given with --${name}-column; there are ${header.map(({ text }) => text).join(', ')}`;
    faults.add({ line: 1, column: 1, field: 'header', found: `no column of ${name}s`, allowed });
  }
  faults.throwIfAny();
  const at = { method: method ?? 0, benchmark: benchmark ?? 0, value: value ?? 0 };
  const measure = header[at.value]?.text ?? 'value';
  const { methods, benchmarks, seeds } = scores;
  const unseeded = seeds.numberOfText('');
  return {
    measure,
    readRow: (row) => {
      if (leavesOut?.(row.text(at.method)) || leavesOut?.(row.text(at.benchmark))) return;
      const methodOf = readName(row, at.method, methods, 'method', faults);
      const benchmarkOf = readName(row, at.benchmark, benchmarks, 'benchmark', faults);
      const seedOf = seed === undefined ? unseeded : readName(row, seed, seeds, 'seed', faults);
      const score = readNumber(row, at.value, measure, faults);
      const before = scores.add(methodOf, benchmarkOf, seedOf, score, row.line);
      if (before === 0) return;
      const what = {
        method: methods.name(methodOf),
        benchmark: benchmarks.name(benchmarkOf),
        seed: seed === undefined ? undefined : seeds.name(seedOf),
      };
      tellRepetition(row.place(0), what, before, faults);
    },
  };
}

/**
 * The one column that is neither method, benchmark nor seed: what else could it hold but the
 * scores.
 */
function onlyOther(header: readonly Cell[], taken: readonly (number | undefined)[]): number | undefined {
  const others = header.map((_, at) => at).filter((at) => !taken.includes(at));
  return others.length === 1 ? others[0] : undefined;
}

import { findColumn, type ScoreColumns, usualNames } from './columns.js';
import type { FaultList } from './fault-list.js';
import type { Cell } from './passing-row.js';
import { readName, readNumber } from './read-cells.js';
import { tellRepetition } from './repetition.js';
import type { ScoreForm } from './score-form.js';
import type { ScoreRows } from './score-rows.js';

/** A row per benchmark, or per benchmark and seed; every other column is a method. Faults are told in `faults`. @throws InputError if a column is missing */
export function wideForm(
  header: readonly Cell[],
  columns: ScoreColumns,
  scores: ScoreRows,
  faults: FaultList,
): ScoreForm {
  const benchmark = findColumn(header, columns.benchmark, usualNames.benchmark, faults) ?? 0;
  const seed = findColumn(header, columns.seed, usualNames.seed, faults);
  faults.throwIfAny();
  const { methods, benchmarks, seeds } = scores;
  const columnsOfMethods = header.flatMap(({ text }, at) =>
    at === benchmark || at === seed ? [] : [{ name: text, at, method: methods.numberOfText(text) }],
  );
  const unseeded = seeds.numberOfText('');
  return {
    measure: 'score',
    readRow: (row) => {
      const benchmarkOf = readName(row, benchmark, benchmarks, 'benchmark', faults);
      const seedOf = seed === undefined ? unseeded : readName(row, seed, seeds, 'seed', faults);
      for (const { name, at, method } of columnsOfMethods) {
        const score = readNumber(row, at, name, faults);
        const before = scores.add(method, benchmarkOf, seedOf, score, row.line);
        if (before === 0) continue;
        const what = {
          method: name,
          benchmark: benchmarks.name(benchmarkOf),
          seed: seed === undefined ? undefined : seeds.name(seedOf),
        };
        tellRepetition(row.place(at), what, before, faults);
      }
    },
  };
}

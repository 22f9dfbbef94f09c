import { findColumn, type ScoreColumns, usualNames } from './columns.js';
import { directionOfName } from './direction-of-name.js';
import type { FaultList } from './fault-list.js';
import type { Cell } from './passing-row.js';
import { readName, readNumber } from './read-cells.js';
import { tellRepetition } from './repetition.js';
import type { LeavesOut, ScoreForm } from './score-form.js';
import type { ScoreRows } from './score-rows.js';

/**
 * A row per benchmark, or per benchmark and seed; every other column is a method. Faults are told
 * in `faults`. @throws InputError if a column is missing
 */
export function wideForm(
  header: readonly Cell[],
  columns: ScoreColumns,
  scores: ScoreRows,
  faults: FaultList,
  leavesOut?: LeavesOut,
): ScoreForm {
  const benchmark = findColumn(header, columns.benchmark, usualNames.benchmark, faults) ?? 0;
  const seed = findColumn(header, columns.seed, usualNames.seed, faults);
  faults.throwIfAny();
  refuseMeasures(
    header.filter((_, at) => at !== benchmark && at !== seed).map(({ text }) => text),
    faults,
  );
  const { methods, benchmarks, seeds } = scores;
  const columnsOfMethods = header.flatMap(({ text }, at) =>
    at === benchmark || at === seed || leavesOut?.(text)
      ? []
      : [{ name: text, at, method: methods.numberOfText(text) }],
  );
  const numbers = new Set<number>();
  const words = new Set<number>();
  const unseeded = seeds.numberOfText('');
  return {
    measure: 'score',
    clue: header[benchmark]?.text ?? '',
    wordColumn: () => header.find((_, at) => words.has(at) && !numbers.has(at)),
    readRow: (row) => {
      if (leavesOut?.(row.text(benchmark))) return;
      const benchmarkOf = readName(row, benchmark, benchmarks, 'benchmark', faults);
      const seedOf = seed === undefined ? unseeded : readName(row, seed, seeds, 'seed', faults);
      for (const { name, at, method } of columnsOfMethods) {
        const score = readNumber(row, at, name, faults);
        if (!Number.isNaN(score)) numbers.add(at);
        else if (/^\p{L}/u.test(row.text(at))) words.add(at);
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

/**
 * Columns of which greater values are better in some and smaller ones in others are measures of
 * what stands in the rows.
 */
function refuseMeasures(names: readonly string[], faults: FaultList): void {
  const directions = names.map(directionOfName);
  if (directions.includes(undefined) || new Set(directions).size < 2) return;
  const told = names.map((name, at) => `${name} (${directions[at] === 'up' ? 'larger' : 'smaller'} is better)`);
  faults.add({
    ...{ line: 1, column: 1, field: 'header', found: `columns that are measures: ${told.join(', ')}` },
    allowed: 'a row for each benchmark and a column for each method; a table of one measure at a time',
  });
  faults.throwIfAny();
}

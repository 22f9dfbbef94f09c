import type { InputFault } from './input-error.js';
import { readName, readNumber } from './read-number.js';
import { type PlacedScore, refuseRepetitions } from './repetitions.js';
import type { ScoreRecord } from './score-set.js';
import { type CsvTable, cellOf, findColumn, type ScoreColumns, usualNames } from './table.js';

/** Reads a row per score; faults are told in `faults`. */
export function readLongForm(
  table: CsvTable,
  columns: ScoreColumns,
  faults: InputFault[],
): { readonly scores: readonly ScoreRecord[]; readonly measure: string } {
  const method = findColumn(table, columns.method, usualNames.method, faults);
  const benchmark = findColumn(table, columns.benchmark, usualNames.benchmark, faults);
  const seed = findColumn(table, columns.seed, usualNames.seed, faults);
  const value =
    findColumn(table, columns.value, usualNames.value, faults) ?? onlyOther(table, [method, benchmark, seed]);
  const absent = Object.entries({ method, benchmark, value }).filter(
    ([name, at]) => at === undefined && columns[name as keyof ScoreColumns] === undefined,
  );
  for (const [name] of absent) {
    const allowed = `a column ${name}, or its name given with --${name}-column; there are ${table.header.map(({ text }) => text).join(', ')}`;
    faults.push({ line: 1, column: 1, field: 'header', found: `no column of ${name}s`, allowed });
  }
  if (
    method === undefined ||
    benchmark === undefined ||
    value === undefined ||
    faults.some(({ field }) => field === 'header')
  ) {
    return { scores: [], measure: '' };
  }
  const measure = table.header[value]?.text ?? 'value';
  const scores: PlacedScore[] = [];
  for (const row of table.rows) {
    const cell = cellOf(row, value);
    const score = {
      method: readName(cellOf(row, method), 'method', faults),
      benchmark: readName(cellOf(row, benchmark), 'benchmark', faults),
      seed: seed === undefined ? '' : readName(cellOf(row, seed), 'seed', faults),
      value: readNumber(cell, measure, faults),
    };
    scores.push({ ...score, line: cell.line, column: row[0]?.column ?? 1 });
  }
  return { scores: refuseRepetitions(scores, seed !== undefined, faults), measure };
}

/** The one column that is neither method, benchmark nor seed: what else could it hold but the scores. */
function onlyOther({ header }: CsvTable, taken: readonly (number | undefined)[]): number | undefined {
  const others = header.map((_, at) => at).filter((at) => !taken.includes(at));
  return others.length === 1 ? others[0] : undefined;
}

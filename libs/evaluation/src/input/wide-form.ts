import type { InputFault } from './input-error.js';
import { readName, readNumber } from './read-number.js';
import { type PlacedScore, refuseRepetitions } from './repetitions.js';
import type { ScoreRecord } from './score-set.js';
import { type CsvTable, cellOf, findColumn, type ScoreColumns, usualNames } from './table.js';

/** Reads a row per benchmark, or per benchmark and seed; every other column is a method. Faults are told in `faults`. */
export function readWideForm(
  table: CsvTable,
  columns: ScoreColumns,
  faults: InputFault[],
): { readonly scores: readonly ScoreRecord[]; readonly measure: string } {
  const benchmark = findColumn(table, columns.benchmark, usualNames.benchmark, faults) ?? 0;
  const seed = findColumn(table, columns.seed, usualNames.seed, faults);
  if (faults.some(({ field }) => field === 'header')) return { scores: [], measure: '' };
  const methods = table.header.flatMap(({ text }, at) => (at === benchmark || at === seed ? [] : [{ name: text, at }]));
  const scores: PlacedScore[] = [];
  for (const row of table.rows) {
    const label = {
      benchmark: readName(cellOf(row, benchmark), 'benchmark', faults),
      seed: seed === undefined ? '' : readName(cellOf(row, seed), 'seed', faults),
    };
    for (const { name, at } of methods) {
      const cell = cellOf(row, at);
      const value = readNumber(cell, name, faults);
      scores.push({ ...label, method: name, value, line: cell.line, column: cell.column });
    }
  }
  return { scores: refuseRepetitions(scores, seed !== undefined, faults), measure: 'score' };
}

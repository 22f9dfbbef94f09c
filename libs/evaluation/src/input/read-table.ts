import { InputError, type InputFault } from './input-error.js';
import { type Cell, parseCsv } from './parse-csv.js';
import type { CsvTable } from './table.js';

/**
 * Reads separated values with a header; rows that are not as wide as it are left out, and told in `faults`.
 *
 * @param allowed what is told of a file without a header or rows
 * @throws InputError for such a file
 */
export function readTable(text: string, allowed: string, faults: InputFault[]): CsvTable {
  const [header, ...rows] = parseCsv(text);
  if (header === undefined || rows.length === 0) {
    const found = header === undefined ? 'an empty file' : 'a header and nothing below it';
    throw new InputError([{ line: 1, column: 1, field: 'file', found, allowed }]);
  }
  return { header, rows: rows.filter((row) => hasWidth(row, header.length, faults)) };
}

function hasWidth(row: readonly Cell[], width: number, faults: InputFault[]): boolean {
  const first = row[0];
  if (first === undefined || row.length === width) return row.length === width;
  const { line, column } = row[Math.min(width, row.length - 1)] ?? first;
  faults.push({ line, column, field: 'row', found: `${row.length} cells`, allowed: `${width}, as in the header` });
  return false;
}

/** Faults as one meets them in the file. */
export function inOrder(faults: readonly InputFault[]): InputFault[] {
  return [...faults].sort((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0));
}

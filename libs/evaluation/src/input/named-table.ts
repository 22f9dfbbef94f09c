import { InputError, type InputFault } from './input-error.js';
import type { Cell } from './parse-csv.js';
import { readName, readNumber } from './read-number.js';
import { inOrder, readTable } from './read-table.js';
import { cellOf } from './table.js';

/** A column a table may have, under any of several names. */
export interface ColumnSpec {
  /** The first is its own name; the others are usual ones. Case does not matter. */
  readonly names: readonly [string, ...string[]];
  readonly type: 'text' | 'number';
  /** Default false. */
  readonly optional?: boolean;
}

/** What a row holds under the first name of each column; `undefined` where an optional column is not there or a cell of it is empty. */
export interface NamedRow {
  text(name: string): string | undefined;
  number(name: string): number | undefined;
}

/**
 * Reads separated values whose columns have known names.
 *
 * @throws InputError with every fault: columns that are not there, empty cells, text where a number is needed, rows too short or too long
 */
export function readNamedTable(text: string, specs: readonly ColumnSpec[]): NamedRow[] {
  const faults: InputFault[] = [];
  const { header, rows } = readTable(text, 'a header with rows below it', faults);
  const inHeader: InputFault[] = [];
  const columns = specs.flatMap((spec) => {
    const at = columnOf(header, spec, inHeader);
    return at === undefined ? [] : [{ spec, at }];
  });
  if (inHeader.length > 0) throw new InputError(inHeader);
  const read = rows.map((row) =>
    rowOf(new Map(columns.map(({ spec, at }) => [spec.names[0], readCell(cellOf(row, at), spec, faults)]))),
  );
  if (faults.length > 0) throw new InputError(inOrder(faults));
  return read;
}

function rowOf(values: ReadonlyMap<string, string | number | undefined>): NamedRow {
  return {
    text: (name) => {
      const value = values.get(name);
      return value === undefined ? undefined : String(value);
    },
    number: (name) => {
      const value = values.get(name);
      return typeof value === 'number' ? value : undefined;
    },
  };
}

function columnOf(header: readonly Cell[], { names, optional }: ColumnSpec, faults: InputFault[]): number | undefined {
  for (const name of names) {
    const at = header.findIndex(({ text }) => text.toLowerCase() === name);
    if (at >= 0) return at;
  }
  if (!optional) {
    const others = names.length > 1 ? ` (or ${names.slice(1).join(', ')})` : '';
    const allowed = `a column ${names[0]}${others}; there are ${header.map(({ text }) => text).join(', ')}`;
    faults.push({ line: 1, column: 1, field: 'header', found: `no column ${names[0]}`, allowed });
  }
  return undefined;
}

function readCell(
  cell: Cell,
  { names, type, optional }: ColumnSpec,
  faults: InputFault[],
): string | number | undefined {
  if (optional && cell.text === '') return undefined;
  return type === 'text' ? readName(cell, names[0], faults) : readNumber(cell, names[0], faults);
}

import { refuseBeyondHeap } from '../memory.js';
import { FaultList } from './fault-list.js';
import type { Cell, PassingRow } from './passing-row.js';
import { readNumber, readText } from './read-cells.js';
import { readTable } from './read-table.js';
import type { TableSource } from './table-source.js';

/** A column a table may have, under any of several names. */
export interface ColumnSpec {
  /** The first is its own name; the others are usual ones. Case does not matter. */
  readonly names: readonly [string, ...string[]];
  readonly type: 'text' | 'number';
  /** Default false. */
  readonly optional?: boolean;
}

/**
 * What a row holds under the first name of each column; `undefined` where an optional column is not
 * there or a cell of it is empty.
 */
export interface NamedRow {
  text(name: string): string | undefined;
  number(name: string): number | undefined;
}

// A map with its entries.
const bytesOfRow = 400;
const rowsBetweenLooks = 1 << 14;

/**
 * Reads separated values whose columns have known names.
 *
 * @throws InputError with every fault: columns that are not there, empty cells, text where a number
 * is needed, rows too short or too long
 */
export function readNamedTable(source: TableSource, specs: readonly ColumnSpec[]): NamedRow[] {
  const faults = new FaultList();
  const read: NamedRow[] = [];
  readTable(source, 'a header with rows below it', faults, (header) => {
    const columns = specs.flatMap((spec) => {
      const at = columnOf(header, spec, faults);
      return at === undefined ? [] : [{ spec, at }];
    });
    faults.throwIfAny();
    return (row) => {
      if (read.length % rowsBetweenLooks === 0) {
        refuseBeyondHeap(bytesOfRow * rowsBetweenLooks, `More than ${read.length.toLocaleString('en')} rows`);
      }
      read.push(rowOf(new Map(columns.map(({ spec, at }) => [spec.names[0], readCell(row, at, spec, faults)]))));
    };
  });
  faults.throwIfAny();
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

function columnOf(header: readonly Cell[], { names, optional }: ColumnSpec, faults: FaultList): number | undefined {
  for (const name of names) {
    const at = header.findIndex(({ text }) => text.toLowerCase() === name);
    if (at >= 0) return at;
  }
  if (!optional) {
    const others = names.length > 1 ? ` (or ${names.slice(1).join(', ')})` : '';
    const allowed = `a column ${names[0]}${others}; there are ${header.map(({ text }) => text).join(', ')}`;
    faults.add({ line: 1, column: 1, field: 'header', found: `no column ${names[0]}`, allowed });
  }
  return undefined;
}

function readCell(
  row: PassingRow,
  at: number,
  { names, type, optional }: ColumnSpec,
  faults: FaultList,
): string | number | undefined {
  if (optional && row.text(at) === '') return undefined;
  return type === 'text' ? readText(row, at, names[0], faults) : readNumber(row, at, names[0], faults);
}

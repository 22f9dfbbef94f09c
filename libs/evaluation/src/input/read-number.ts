import type { InputFault } from './input-error.js';
import type { Cell } from './parse-csv.js';

/** The number in a cell; tells a fault and gives `undefined` for anything else. A decimal point is a point. */
export function readNumber(cell: Cell, field: string, faults: InputFault[]): number | undefined {
  const { text, line, column } = cell;
  const value = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : Number.NaN;
  if (Number.isFinite(value)) return value;
  const found = text === '' ? 'an empty cell' : JSON.stringify(text);
  const hint = /^[+-]?\d+,\d+$/.test(text) ? ' with a decimal point' : /%$/.test(text) ? ' without a unit' : '';
  faults.push({ line, column, field, found, allowed: `a finite number${hint}` });
  return undefined;
}

/** The text of a cell; tells a fault if it is empty. */
export function readName(cell: Cell, field: string, faults: InputFault[]): string {
  const { text, line, column } = cell;
  if (text === '') faults.push({ line, column, field, found: 'an empty cell', allowed: 'a name' });
  return text;
}

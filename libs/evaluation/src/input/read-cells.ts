import type { FaultList } from './fault-list.js';
import type { NameIndex } from './name-index.js';
import type { PassingRow } from './passing-row.js';

/**
 * Largest magnitude of a number: the third powers of differences, as in bootstrap intervals, and
 * their sums stay finite.
 */
const largest = 1e100;

/** Whether statistics can be made of a number. */
export function isMeasured(value: number): boolean {
  return Math.abs(value) <= largest;
}

export const measuredNumber = `a number between −${largest} and ${largest}`;

/** The number in a cell; tells a fault and gives NaN for anything else. */
export function readNumber(row: PassingRow, at: number, field: string, faults: FaultList): number {
  const value = row.number(at);
  if (Number.isNaN(value)) {
    const { text, line, column } = row.cell(at);
    const found = text === '' ? 'an empty cell' : JSON.stringify(text);
    const hint = /^[+-]?\d+,\d+$/.test(text) ? ' with a decimal point' : /%$/.test(text) ? ' without a unit' : '';
    faults.add({ line, column, field, found, allowed: `a finite number${hint}` });
  } else if (!isMeasured(value)) {
    const { text, ...place } = row.cell(at);
    faults.add({ ...place, field, found: text, allowed: measuredNumber });
    return Number.NaN;
  }
  return value;
}

/** The text of a cell; tells a fault if it is empty. */
export function readText(row: PassingRow, at: number, field: string, faults: FaultList): string {
  const text = row.text(at);
  if (text === '') tellEmpty(row, at, field, faults);
  return text;
}

/**
 * The number that `names` knows the text of a cell by; tells a fault and gives that of the empty
 * name if it is empty.
 */
export function readName(row: PassingRow, at: number, names: NameIndex, field: string, faults: FaultList): number {
  const number = row.name(at, names);
  if (number >= 0) return number;
  tellEmpty(row, at, field, faults);
  return names.numberOfText('');
}

function tellEmpty(row: PassingRow, at: number, field: string, faults: FaultList): void {
  faults.add({ ...row.place(at), field, found: 'an empty cell', allowed: 'a name' });
}

import { decimalIn } from './decimal.js';
import type { NameIndex } from './name-index.js';

/** A cell with the place of its first character, both counted from 1. */
export interface Cell {
  readonly text: string;
  readonly line: number;
  readonly column: number;
}

/** Where a cell begins, both counted from 1; columns in characters. */
export type Place = Pick<Cell, 'line' | 'column'>;

const QUOTE = 0x22;
const LINE_FEED = 0x0a;

/** What the row is made of; offsets are into `bytes`. */
export interface RowBytes {
  readonly bytes: Buffer;
  /** Where the row begins. */
  readonly start: number;
  /** Number of its first line, from 1. */
  readonly line: number;
  /** Number of cells. */
  readonly width: number;
  /** `[width]`: where cells begin and end, quotes included. */
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
  /** `[width]`: where the quote closes that a cell begins with; 0 for a cell without. */
  readonly closings: Uint32Array;
}

/**
 * A row of separated values as it passes by: what it gives is good until the next row comes. Cells
 * are asked for by position.
 */
export class PassingRow {
  constructor(private row: RowBytes) {}

  /** Goes on to another row. */
  moveTo(row: RowBytes): this {
    this.row = row;
    return this;
  }

  get width(): number {
    return this.row.width;
  }

  get line(): number {
    return this.row.line;
  }

  /** The text: quotes undone, or else trimmed. */
  text(at: number): string {
    const { bytes, starts, ends, closings } = this.row;
    const [start, end, closing] = [starts[at] ?? 0, ends[at] ?? 0, closings[at] ?? 0];
    if (closing === 0) return bytes.toString('utf8', start, end).trim();
    const quoted = bytes.toString('utf8', start + 1, closing).replaceAll('""', '"');
    return quoted + bytes.toString('utf8', closing + 1, end).trim();
  }

  /** The number, or NaN where the cell holds none that is finite. A decimal point is a point. */
  number(at: number): number {
    const { bytes, starts, ends, closings } = this.row;
    if ((closings[at] ?? 0) === 0) {
      const start = skipped(bytes, starts[at] ?? 0, ends[at] ?? 0);
      const value = decimalIn(bytes, start, shortened(bytes, start, ends[at] ?? 0));
      if (value !== undefined) return value;
    }
    const text = this.text(at);
    const value = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : Number.NaN;
    return Number.isFinite(value) ? value : Number.NaN;
  }

  /** The number that `names` knows the text by; −1 for no text. */
  name(at: number, names: NameIndex): number {
    const { bytes, starts, ends, closings } = this.row;
    const end = ends[at] ?? 0;
    const closing = closings[at] ?? 0;
    if (closing === 0) {
      const start = skipped(bytes, starts[at] ?? 0, end);
      const shortEnd = shortened(bytes, start, end);
      if (start === shortEnd) return -1;
      // Spaces beyond ASCII are trimmed as well, and are seen in the text only.
      if ((bytes[start] as number) < 0x80 && (bytes[shortEnd - 1] as number) < 0x80)
        return names.numberOf(bytes, start, shortEnd);
    } else if (isPlain(bytes, (starts[at] ?? 0) + 1, closing) && skipped(bytes, closing + 1, end) === end) {
      return (starts[at] ?? 0) + 1 === closing ? -1 : names.numberOf(bytes, (starts[at] ?? 0) + 1, closing);
    }
    const text = this.text(at);
    if (text === '') return -1;
    const encoded = Buffer.from(text);
    return names.numberOf(encoded, 0, encoded.length);
  }

  place(at: number): Place {
    const { bytes, start, line, starts } = this.row;
    const end = starts[at] ?? start;
    const before = bytes.subarray(start, end);
    const lineStart = before.lastIndexOf(LINE_FEED) + 1;
    return { line: line + count(before, LINE_FEED), column: before.toString('utf8', lineStart).length + 1 };
  }

  cell(at: number): Cell {
    return { text: this.text(at), ...this.place(at) };
  }

  cells(): Cell[] {
    return Array.from({ length: this.row.width }, (_, at) => this.cell(at));
  }
}

function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || (byte !== undefined && byte >= 0x09 && byte <= 0x0d);
}

/** The first place from `start` on that is no space. */
function skipped(bytes: Buffer, start: number, end: number): number {
  let at = start;
  while (at < end && isSpace(bytes[at])) at += 1;
  return at;
}

/** The end without the spaces before it. */
function shortened(bytes: Buffer, start: number, end: number): number {
  let at = end;
  while (at > start && isSpace(bytes[at - 1])) at -= 1;
  return at;
}

function isPlain(bytes: Buffer, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (bytes[at] === QUOTE) return false;
  return true;
}

/** How often a byte occurs. */
export function count(bytes: Buffer, byte: number): number {
  let found = 0;
  for (let at = bytes.indexOf(byte); at >= 0; at = bytes.indexOf(byte, at + 1)) found += 1;
  return found;
}

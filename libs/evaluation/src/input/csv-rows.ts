import { isUtf8 } from 'node:buffer';
import { InputError } from './input-error.js';
import { count, PassingRow, type RowBytes } from './passing-row.js';

const QUOTE = 0x22;
const LINE_FEED = 0x0a;
const separators = [',', ';', '\t'].map((separator) => separator.charCodeAt(0));

/**
 * Reads separated values (RFC 4180) piece by piece: quotes double inside quotes, and may hold
 * separators and line ends; either kind of line end; a byte order mark is skipped. Unquoted cells
 * are trimmed. The separator is whichever of comma, semicolon and tab the first line has most of.
 * Rows without any character are left out.
 *
 * @param visit what is done with each row, which is good until the next one
 * @throws InputError for a quote that is never closed, and for text that is not UTF-8
 */
export function forEachRow(chunks: Iterable<Uint8Array>, visit: (row: PassingRow) => void): void {
  const reader = new RowReader(visit);
  let waiting: Uint8Array[] = [];
  let length = 0;
  for (const chunk of chunks) {
    waiting.push(chunk);
    length += chunk.length;
    // A row longer than many chunks is looked at again only when twice as much of it is there.
    if (length < reader.wanted) continue;
    reader.read(waiting, false);
    waiting = [];
    length = 0;
  }
  reader.read(waiting, true);
}

class RowReader {
  /** What is left of the last piece: the beginning of a row. */
  private rest: Buffer = Buffer.alloc(0);
  private line = 1;
  private separator = 0;
  private starts = new Uint32Array(64);
  private ends = new Uint32Array(64);
  private closings = new Uint32Array(64);
  private width = 0;
  /** Whether a cell of the row begins with a quote, and so may hold line ends. */
  private quoted = false;
  private row: PassingRow | undefined;

  constructor(private readonly visit: (row: PassingRow) => void) {}

  /** With fewer bytes than this there may be no whole row yet. */
  get wanted(): number {
    return this.rest.length;
  }

  /** @param last whether nothing comes after these pieces */
  read(pieces: readonly Uint8Array[], last: boolean): void {
    const bytes = this.joined(pieces);
    const lines = last ? bytes.length : bytes.lastIndexOf(LINE_FEED) + 1;
    if (lines === 0) {
      this.rest = bytes;
      return;
    }
    // Whole lines end no character in its middle. What was left over is looked at a second time,
    // which costs little.
    if (!isUtf8(bytes.subarray(0, lines))) throw this.notUtf8(bytes.subarray(0, lines));
    let at = 0;
    if (this.separator === 0) {
      at = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
      this.separator = separatorOf(bytes, at);
    }
    while (at < bytes.length) {
      const next = this.scan(bytes, at, last);
      if (next < 0) break;
      this.pass(bytes, at, next);
      at = next;
    }
    this.rest = last ? Buffer.alloc(0) : bytes.subarray(at);
  }

  private joined(pieces: readonly Uint8Array[]): Buffer {
    const all = this.rest.length === 0 ? pieces : [this.rest, ...pieces];
    const [only] = all;
    if (only !== undefined && all.length === 1) return Buffer.from(only.buffer, only.byteOffset, only.length);
    return Buffer.concat(all);
  }

  /**
   * Finds the cells of the row that begins at `from`. Returns where the next one begins, or −1 if
   * the row may go on in the next piece.
   */
  private scan(bytes: Buffer, from: number, last: boolean): number {
    const { separator } = this;
    const end = bytes.length;
    this.width = 0;
    this.quoted = false;
    let at = from;
    for (;;) {
      const start = at;
      let closing = 0;
      if (bytes[at] === QUOTE) {
        closing = closingQuote(bytes, at);
        if (closing < 0) {
          if (last) throw this.unclosed(bytes, from, start);
          return -1;
        }
        at = closing + 1;
        this.quoted = true;
      }
      while (at < end && bytes[at] !== separator && bytes[at] !== LINE_FEED) at += 1;
      this.add(start, at, closing);
      if (at >= end) return last ? end : -1;
      at += 1;
      if (bytes[at - 1] === LINE_FEED) return at;
    }
  }

  private add(start: number, end: number, closing: number): void {
    if (this.width === this.starts.length) {
      this.starts = doubled(this.starts);
      this.ends = doubled(this.ends);
      this.closings = doubled(this.closings);
    }
    this.starts[this.width] = start;
    this.ends[this.width] = end;
    this.closings[this.width] = closing;
    this.width += 1;
  }

  private pass(bytes: Buffer, start: number, next: number): void {
    const { line, width, starts, ends, closings } = this;
    const row = this.rowAt({ bytes, start, line, width, starts, ends, closings });
    if (width > 1 || row.text(0) !== '') this.visit(row);
    this.line += this.quoted ? count(bytes.subarray(start, next), LINE_FEED) : 1;
  }

  private rowAt(row: RowBytes): PassingRow {
    this.row = this.row?.moveTo(row) ?? new PassingRow(row);
    return this.row;
  }

  private unclosed(bytes: Buffer, start: number, at: number): InputError {
    const { line, starts, ends, closings } = this;
    starts[0] = at;
    const place = this.rowAt({ bytes, start, line, width: 1, starts, ends, closings }).place(0);
    return new InputError([{ ...place, field: 'text', found: 'a quote that is never closed', allowed: '"…"' }]);
  }

  private notUtf8(bytes: Buffer): InputError {
    let line = this.line;
    let start = 0;
    for (let end = bytes.indexOf(LINE_FEED); end >= 0; end = bytes.indexOf(LINE_FEED, start)) {
      if (!isUtf8(bytes.subarray(start, end))) break;
      start = end + 1;
      line += 1;
    }
    return new InputError([
      { line, column: 1, field: 'text', found: 'bytes that are not UTF-8', allowed: 'text in UTF-8' },
    ]);
  }
}

/**
 * Where the quote that opens at `open` is closed, doubled quotes passed over; −1 if that is not
 * seen.
 */
function closingQuote(bytes: Buffer, open: number): number {
  let at = open + 1;
  for (;;) {
    const quote = bytes.indexOf(QUOTE, at);
    if (quote < 0 || bytes[quote + 1] !== QUOTE) return quote;
    at = quote + 2;
  }
}

function separatorOf(bytes: Buffer, start: number): number {
  const end = bytes.indexOf(LINE_FEED, start);
  const first = bytes.subarray(start, end < 0 ? bytes.length : end);
  return separators.reduce((most, each) => (count(first, each) > count(first, most) ? each : most));
}

function doubled(values: Uint32Array): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(2 * values.length);
  larger.set(values);
  return larger;
}

import { InputError } from '../input-error.js';
import type { Cell } from '../passing-row.js';

/** Rows of cells; rows without any character are left out. */
export type CellRows = readonly (readonly Cell[])[];

/**
 * What `forEachRow` must find in whatever pieces it gets the text: the same, read from the whole
 * text character by character.
 *
 * Separated values (RFC 4180): quotes double inside quotes, and may hold separators and line ends;
 * either kind of line end; a byte order mark is skipped. Unquoted cells are trimmed. The separator
 * is whichever of comma, semicolon and tab the first line has most of.
 *
 * @throws InputError for a quote that is never closed
 */
export function parseWholeText(input: string): CellRows {
  const text = input.startsWith('\ufeff') ? input.slice(1) : input;
  const separator = separatorOf(text);
  const rows: Cell[][] = [];
  let row: Cell[] = [];
  let line = 1;
  let lineStart = 0;
  let at = 0;
  const isEnd = () => at >= text.length || text[at] === separator || text[at] === '\n';
  for (;;) {
    const place = { line, column: at - lineStart + 1 };
    const start = at;
    if (text[at] === '"') {
      at = closingQuote(text, at, place) + 1;
      const quoted = text.slice(start + 1, at - 1).replaceAll('""', '"');
      line += text.slice(start, at).split('\n').length - 1;
      lineStart = Math.max(lineStart, text.lastIndexOf('\n', at - 1) + 1);
      const tail = at;
      while (!isEnd()) at += 1;
      row.push({ text: quoted + text.slice(tail, at).trim(), ...place });
    } else {
      while (!isEnd()) at += 1;
      row.push({ text: text.slice(start, at).trim(), ...place });
    }
    const end = text[at];
    at += 1;
    if (end === separator) continue;
    if (row.length > 1 || row[0]?.text !== '') rows.push(row);
    if (end === undefined) return rows;
    row = [];
    line += 1;
    lineStart = at;
  }
}

/** Where the quote that opens at `open` is closed; doubled quotes are passed over. */
function closingQuote(text: string, open: number, place: { line: number; column: number }): number {
  let at = open + 1;
  for (;;) {
    const quote = text.indexOf('"', at);
    if (quote < 0) throw unclosed(place);
    if (text[quote + 1] !== '"') return quote;
    at = quote + 2;
  }
}

function separatorOf(text: string): string {
  const end = text.indexOf('\n');
  const first = end < 0 ? text : text.slice(0, end);
  const count = (separator: string) => first.split(separator).length;
  return [',', ';', '\t'].reduce((most, each) => (count(each) > count(most) ? each : most));
}

function unclosed(place: { line: number; column: number }): InputError {
  return new InputError([{ ...place, field: 'text', found: 'a quote that is never closed', allowed: '"…"' }]);
}

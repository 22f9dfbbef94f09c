import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { forEachRow } from './csv-rows.js';
import { InputError } from './input-error.js';
import type { Cell } from './passing-row.js';
import { parseWholeText } from './testing/whole-text-csv.js';

/** @param size of pieces in bytes; default: all at once */
function cellsOf(input: string, size = Number.POSITIVE_INFINITY): Cell[][] {
  return rowsOf(Buffer.from(input), size);
}

function rowsOf(bytes: Buffer, size: number): Cell[][] {
  const rows: Cell[][] = [];
  forEachRow(piecesOf(bytes, size), (row) => rows.push(row.cells()));
  return rows;
}

function* piecesOf(bytes: Buffer, size: number): Iterable<Uint8Array> {
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
}

const texts = (input: string) => cellsOf(input).map((row) => row.map(({ text }) => text));

describe('separated values', () => {
  test('quotes, doubled quotes, line ends inside quotes, either line end, a byte order mark', () => {
    expect(texts('\ufeffa,"b ""c""",d\r\n1,"two\nlines", 3 \r\n')).toEqual([
      ['a', 'b "c"', 'd'],
      ['1', 'two\nlines', '3'],
    ]);
  });

  test('semicolons and tabs separate as well; rows without text are left out; an empty last cell is a cell', () => {
    expect(texts('a;b\n\n1;\n')).toEqual([
      ['a', 'b'],
      ['1', ''],
    ]);
    expect(texts('a\tb\n1\t2')).toEqual([
      ['a', 'b'],
      ['1', '2'],
    ]);
  });

  test('cells know their places, behind quoted line ends too', () => {
    const places = cellsOf('x,y\n"a\nb",c\nd,e').map((row) => row.map(({ line, column }) => [line, column]));
    expect(places).toEqual([
      [
        [1, 1],
        [1, 3],
      ],
      [
        [2, 1],
        [3, 4],
      ],
      [
        [4, 1],
        [4, 3],
      ],
    ]);
  });

  test('a quote that is never closed is refused where it opens', () => {
    expect(() => cellsOf('a,b\n1,"2')).toThrow('line 2, column 3');
  });
});

describe('pieces', () => {
  const told = (read: () => unknown) => {
    try {
      return read();
    } catch (error) {
      if (error instanceof InputError) return error.faults;
      throw error;
    }
  };
  const token = fc.constantFrom(
    '"',
    '""',
    ',',
    ';',
    '\t',
    '\n',
    '\r\n',
    ' ',
    'a',
    'é',
    '😀',
    '\u00a0',
    '1.5',
    '"x"',
    '\ufeff',
  );

  test('of whatever size give the same cells, places and faults as the whole text read character by character', () => {
    fc.assert(
      fc.property(fc.array(token, { maxLength: 30 }), fc.integer({ min: 1, max: 12 }), (tokens, size) => {
        const text = tokens.join('');
        expect(told(() => cellsOf(text, size))).toEqual(told(() => parseWholeText(text)));
        expect(told(() => cellsOf(text))).toEqual(told(() => parseWholeText(text)));
      }),
      { numRuns: 2000 },
    );
  });

  test('a row longer than many pieces is read; one whose quote never closes is refused where it opens', () => {
    const long = 'x'.repeat(200_000);
    expect(cellsOf(`a,"${long}"\nb,c`, 1000).map((row) => row.map(({ text }) => text.length))).toEqual([
      [1, 200_000],
      [1, 1],
    ]);
    expect(() => cellsOf(`a,b\nc,"${long}`, 1000)).toThrow('line 2, column 3');
  });

  test('bytes that are not UTF-8 are refused with their line', () => {
    const latin = Buffer.from('method,score\nmétier,1\n', 'latin1');
    expect(() => rowsOf(latin, 5)).toThrow('line 2, column 1: text: found bytes that are not UTF-8');
    expect(() => rowsOf(Buffer.from('a,b\n1,2\n', 'utf16le'), 3)).not.toThrow();
    expect(() => rowsOf(Buffer.from('\ufeffa,b\n1,2\n', 'utf16le'), 3)).toThrow('not UTF-8');
  });
});

describe('numbers', () => {
  test('are what Number reads, or none', () => {
    const numberOf = (text: string) => {
      let found = Number.NaN;
      forEachRow([Buffer.from(`${text},`)], (row) => {
        found = row.number(0);
      });
      return found;
    };
    const digits = fc.string({ unit: fc.constantFrom(...'0123456789'), maxLength: 18 });
    const sign = fc.constantFrom('', '-', '+');
    fc.assert(
      fc.property(
        sign,
        digits,
        fc.constantFrom('', '.'),
        digits,
        fc.constantFrom('', 'e3', 'E-7', 'e', ' '),
        (...parts) => {
          const text = parts.join('');
          const isNumber = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i.test(text.trim());
          expect(numberOf(text)).toBe(isNumber ? Number(text) : Number.NaN);
        },
      ),
      { numRuns: 2000 },
    );
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(Object.is(numberOf(String(value)), value + 0)).toBe(true);
      }),
    );
  });
});

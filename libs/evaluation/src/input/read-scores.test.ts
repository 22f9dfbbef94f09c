import { describe, expect, test } from 'vitest';
import { InputError, type InputFault } from './input-error.js';
import { parseCsv } from './parse-csv.js';
import { type ReadScoresOptions, readScores } from './read-scores.js';

const texts = (input: string) => parseCsv(input).map((row) => row.map(({ text }) => text));

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
    const places = parseCsv('x,y\n"a\nb",c\nd,e').map((row) => row.map(({ line, column }) => [line, column]));
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
    expect(() => parseCsv('a,b\n1,"2')).toThrow('line 2, column 3');
  });
});

const faultsOf = (text: string, options: ReadScoresOptions = {}): readonly InputFault[] => {
  try {
    readScores(text, options);
  } catch (error) {
    if (error instanceof InputError) return error.faults;
    throw error;
  }
  return [];
};
const told = (text: string, options: ReadScoresOptions = {}) =>
  faultsOf(text, options).map(({ line, column, found }) => [line, column, found]);

describe('scores', () => {
  const records = [
    { method: 'a', benchmark: 'x', seed: '', value: 1 },
    { method: 'b', benchmark: 'x', seed: '', value: 2 },
    { method: 'a', benchmark: 'y', seed: '', value: 3 },
    { method: 'b', benchmark: 'y', seed: '', value: 4 },
  ];

  test('long and wide tables of the same scores are the same', () => {
    const long = readScores('method,dataset,accuracy\na,x,1\nb,x,2\na,y,3\nb,y,4\n');
    const wide = readScores('benchmark,a,b\nx,1,2\ny,3,4\n');
    expect(long.scores).toEqual(records);
    expect(wide.scores).toEqual(records);
    expect([long.measure, wide.measure]).toEqual(['accuracy', 'score']);
  });

  test('columns of any name can be named; the only one left holds the scores', () => {
    const named = readScores('who;on;top1\na;x;1\nb;x;2\n', { columns: { method: 'who', benchmark: 'on' } });
    expect(named).toMatchObject({ methods: ['a', 'b'], benchmarks: ['x'], measure: 'top1' });
  });

  test('a wide table may repeat a benchmark under several seeds', () => {
    expect(readScores('benchmark,seed,a,b\nx,0,1,2\nx,1,3,4\n').scores).toHaveLength(4);
  });

  test('every fault is told at once, with line and column', () => {
    const text = 'method,benchmark,seed,value\na,x,0,1\na,x,0,2\nb,x,0,abc\nb,x,1,\nb,x,2,NaN\n,x,3,1\nb,x\n';
    expect(told(text)).toEqual([
      [3, 1, 'a second score of a on x, seed 0, after line 2'],
      [4, 7, '"abc"'],
      [5, 7, 'an empty cell'],
      [6, 7, '"NaN"'],
      [7, 1, 'an empty cell'],
      [8, 3, '2 cells'],
    ]);
  });

  test('of very many faults the first twenty are told, and how many more there are', () => {
    const rows = Array.from({ length: 50 }, (_, at) => `b${at},x,1`);
    const faults = faultsOf(`benchmark,a,b\n${rows.join('\n')}\n`);
    expect(faults).toHaveLength(21);
    expect(faults[20]?.found).toBe('30 further faults');
  });

  test('a number with a comma or a unit is refused with what to write instead', () => {
    const allowed = faultsOf('benchmark;a;b\nx;0,5;50%\n').map((fault) => fault.allowed);
    expect(allowed).toEqual(['a finite number with a decimal point', 'a finite number without a unit']);
  });

  test('one method, a missing cell and ties everywhere are refused', () => {
    expect(told('benchmark,a\nx,1\n')).toEqual([[undefined, undefined, 'one method, a']]);
    expect(told('method,benchmark,value\na,x,1\nb,x,2\na,y,1\n')).toEqual([[undefined, undefined, 'no score']]);
    expect(faultsOf('benchmark,a,b\nx,1,1\ny,2,2\n')[0]?.found).toContain('alike');
  });

  test('a column that is not there is refused with those that are', () => {
    expect(faultsOf('benchmark,a,b\nx,1,2\n', { columns: { seed: 'run' } })[0]?.allowed).toContain('benchmark, a, b');
    expect(faultsOf('method,x1,x2\na,1,2\n').map(({ found }) => found)).toEqual([
      'no column of benchmarks',
      'no column of values',
    ]);
  });

  test('a file without rows, and a header with a name twice, are refused', () => {
    expect(told('')).toEqual([[1, 1, 'an empty file']]);
    expect(told('benchmark,a,a\nx,1,2\n')).toEqual([[1, 13, 'a second column "a"']]);
  });
});

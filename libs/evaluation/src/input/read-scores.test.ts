import { describe, expect, test } from 'vitest';
import { compareMethods } from '../compare/compare-methods.js';
import { InputError, type InputFault } from './input-error.js';
import { type ReadScoresOptions, readScores } from './read-scores.js';
import { scoresOn } from './score-set.js';

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
  test('long and wide tables of the same scores are the same', () => {
    const long = readScores('method,dataset,accuracy\na,x,1\nb,x,2\na,y,3\nb,y,4\n');
    const wide = readScores('benchmark,a,b\nx,1,2\ny,3,4\n');
    for (const set of [long, wide]) {
      expect([set.methods, set.benchmarks, [...set.values]]).toEqual([
        ['a', 'b'],
        ['x', 'y'],
        [1, 2, 3, 4],
      ]);
    }
    expect([long.measure, wide.measure]).toEqual(['accuracy', 'score']);
  });

  test('columns of any name can be named; the only one left holds the scores', () => {
    const named = readScores('who;on;top1\na;x;1\nb;x;2\n', { columns: { method: 'who', benchmark: 'on' } });
    expect(named).toMatchObject({ methods: ['a', 'b'], benchmarks: ['x'], measure: 'top1' });
  });

  test('columns by the names people give them, such as algo and acc, make a row per score', () => {
    const set = readScores('algo,dataset,acc\na,x,1\nb,x,2\n');
    expect(set).toMatchObject({ methods: ['a', 'b'], benchmarks: ['x'], measure: 'acc' });
  });

  test('methods and benchmarks may be left out, whatever stands in their cells', () => {
    const without = ['Optimum', 'average'];
    const told: string[] = [];
    const long = readScores('method,benchmark,value\na,x,1\nb,x,2\nOptimum,x,best\na,average,1\n', {
      without,
      onLeftOut: (name) => told.push(name),
    });
    const wide = readScores('benchmark,a,b,Optimum\nx,1,2,-\naverage,,,\n', { without });
    for (const set of [long, wide]) expect([set.methods, set.benchmarks]).toEqual([['a', 'b'], ['x']]);
    expect(told).toEqual(['Optimum', 'average']);
  });

  test('a table of a row per score whose column of methods is not seen says how to name it', () => {
    const faults = faultsOf('who,on,top\na,x,1\nb,x,2\n');
    expect(faults).toEqual([
      {
        line: 1,
        column: 5,
        field: 'header',
        found: 'words only in column "on", taken for the scores of a method',
        allowed: 'numbers; with a row per score, a column named method, or its name given with --method-column',
      },
    ]);
  });

  test('a wide table may repeat a benchmark under several seeds', () => {
    const set = readScores('benchmark,seed,a,b\nx,0,1,2\nx,1,3,4\n');
    expect([...scoresOn(set, 0, 1)]).toEqual([2, 4]);
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
    const rows = ['b,1,1', ...Array.from({ length: 50 }, (_, at) => `b${at},x,1`)];
    const faults = faultsOf(`benchmark,a,b\n${rows.join('\n')}\n`);
    expect(faults).toHaveLength(21);
    expect(faults[20]?.found).toBe('30 further faults');
  });

  test('a number with a comma or a unit is refused with what to write instead', () => {
    const allowed = faultsOf('benchmark;a;b\nx;0,5;50%\n').map((fault) => fault.allowed);
    expect(allowed).toEqual(['a finite number with a decimal point', 'a finite number without a unit']);
  });

  test('numbers whose squares and cubes no longer fit are refused; up to 1e100 all that is told is finite', () => {
    const bad = faultsOf('benchmark,a,b\nx,1e300,2\ny,3,-2e100\n');
    expect(bad.map(({ line, field, found, allowed }) => [line, field, found, allowed])).toEqual([
      [2, 'a', '1e300', 'a number between −1e+100 and 1e+100'],
      [3, 'b', '-2e100', 'a number between −1e+100 and 1e+100'],
    ]);
    const set = readScores('benchmark,a,b\nx,-1e100,1e100\ny,0.8e100,-1e100\nz,0.5e100,0.9e100\n');
    const pairs = compareMethods(set, { alpha: 0.05, postHoc: 'wilcoxon' });
    expect(JSON.stringify(pairs)).not.toMatch(/NaN|Infinity/);
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

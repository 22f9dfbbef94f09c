import { describe, expect, test } from 'vitest';
import { postHocTests } from '../analysis/rank-analysis.js';
import { InputError } from '../input/input-error.js';
import { readScores } from '../input/read-scores.js';
import { testNames } from '../words/test-names.js';
import { combineScores, selectMethods } from './combine.js';
import { compareDocument } from './compare-document.js';
import { compareMethods } from './compare-methods.js';
import { comparisonTable } from './compare-tables.js';

const mine = readScores('benchmark,darts,random\nx,3,1\ny,4,2\nz,6,5\nw,9,8\n');
const theirs = readScores('benchmark,random,gdas\nx,1.5,2\ny,2.5,3\nv,1,0\n');

describe('inputs side by side', () => {
  test('over the benchmarks all have; a method that stands in both is named with its input', () => {
    const { set, leftOut } = combineScores([
      { name: 'mine.csv', set: mine },
      { name: 'theirs.csv', set: theirs },
    ]);
    expect(set.methods).toEqual(['darts', 'mine.csv: random', 'theirs.csv: random', 'gdas']);
    expect(set.benchmarks).toEqual(['x', 'y']);
    expect(leftOut).toEqual(['z', 'w', 'v']);
  });

  test('without a common benchmark, and for methods that are not there, they are refused by name', () => {
    const other = readScores('benchmark,a,b\nq,1,2\n');
    expect(() =>
      combineScores([
        { name: 'one', set: mine },
        { name: 'two', set: other },
      ]),
    ).toThrow('two: q');
    expect(() => selectMethods(mine, ['darts', 'drnas'])).toThrow(InputError);
  });
});

describe('comparison', () => {
  test('differences, their intervals and typical size are in the unit of the scores', () => {
    const [pair] = compareMethods(mine).pairs;
    expect(pair).toMatchObject({ a: 'darts', b: 'random', difference: 1.5, wins: 4, typicalDifference: 1.5 });
    expect(pair?.interval?.low).toBeGreaterThanOrEqual(1);
    expect(pair?.interval?.high).toBeLessThanOrEqual(2);
  });

  test('against a control: z is positive where the control ranks better', () => {
    const { againstControl } = compareMethods(mine, { control: 'random' });
    // Average ranks 1 and 2 on 4 benchmarks: −1 / √(2·3/(6·4)) = −2.
    expect(againstControl).toEqual([
      { method: 'darts', z: -2, pValue: expect.closeTo(0.0455, 4), holmP: expect.closeTo(0.0455, 4) },
    ]);
    expect(() => compareMethods(mine, { control: 'drnas' })).toThrow('control: found drnas, allowed: darts, random');
  });

  test('the p that decided is told by name, of the pair alone and as adjusted, whichever test was chosen', () => {
    const three = readScores('benchmark,a,b,c\nx,9,5,1\ny,8,5,2\nz,9,4,1\nw,9,6,2\nv,8,4,1\nu,9,5,3\n');
    for (const postHoc of postHocTests) {
      const comparison = compareMethods(three, { postHoc });
      const { columns, rows } = comparisonTable(comparison);
      const names = columns.map(({ name }) => name);
      const at = names.findIndex((name) => name.endsWith('p, pair alone'));
      expect(names[at]).toBe(`${testNames[postHoc].name} p, pair alone`);
      expect(names[at + 1]).toBe(testNames[postHoc].adjusted);
      for (const [index, row] of rows.entries()) {
        const pair = comparison.pairs[index];
        expect(pair?.decisiveAdjustedP).toBeGreaterThanOrEqual(pair?.decisiveP ?? 2);
        expect(row[names.indexOf('told apart')]).toBe((pair?.decisiveAdjustedP ?? 1) <= 0.05 ? 'yes' : 'no');
      }
    }
  });

  test('as documents', () => {
    const comparison = compareMethods(mine, { control: 'random' });
    expect(compareDocument(comparison, 'markdown', 'random')).toContain('| darts | random | +1.500 |');
    expect(compareDocument(comparison, 'csv')).toMatch(/\ndarts,random,1\.5,/);
    expect(JSON.parse(compareDocument(comparison, 'json')).pairs).toHaveLength(1);
    expect(compareDocument(comparison, 'latex')).toContain('\\begin{tabular}');
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readScores } from '../input/read-scores.js';
import { conclude } from '../words/conclusions.js';
import { analyseScores } from './analyse.js';

/** Demšar (2006), table 6: ranks of four classifiers on 14 data sets by their unrounded AUC. */
const demsar = readScores(
  `data set,C4.5,C4.5+m,C4.5+cf,C4.5+m+cf
adult,4,3,2,1
breast cancer,1,2,3,4
wisconsin,4,1,2,3
cmc,4,1,3,2
ionosphere,4,2,3,1
iris,1,2.5,4,2.5
liver,3,2,4,1
lung cancer,2.5,2.5,4,1
lymphography,4,3,2,1
mushroom,2.5,2.5,2.5,2.5
tumor,4,2.5,1,2.5
rheum,3,2,4,1
voting,4,1,2,3
wine,3,1,4,2
`,
  { direction: 'down' },
);

describe('the worked example of Demšar (2006)', () => {
  test('average ranks and the critical difference are the paper’s', () => {
    const { methods, criticalDifference } = analyseScores(demsar);
    expect(methods.map(({ method, averageRank }) => [method, Number(averageRank.toFixed(3))])).toEqual([
      ['C4.5+m+cf', 1.964],
      ['C4.5+m', 2],
      ['C4.5+cf', 2.893],
      ['C4.5', 3.143],
    ]);
    // The paper writes 1.25 at α = 0.05, from q = 2.569.
    expect(criticalDifference).toBeCloseTo(1.2535, 3);
  });

  test('at 0.10 C4.5 differs from C4.5+m and C4.5+m+cf, as in the paper’s figure 1', () => {
    const apart = analyseScores(demsar, { alpha: 0.1 }).pairs.filter(({ significant }) => significant);
    expect(apart.map(({ a, b }) => `${a} over ${b}`)).toEqual(['C4.5+m+cf over C4.5', 'C4.5+m over C4.5']);
  });

  test('no pair differs by Nemenyi at 0.05, so that one bar holds all; the words say so', () => {
    const analysis = analyseScores(demsar);
    expect(analysis.pairs.filter(({ significant }) => significant)).toEqual([]);
    expect(analysis.cliques).toEqual([[0, 1, 2, 3]]);
    expect(conclude(analysis).may).toHaveLength(1);
  });
});

const table = (rows: readonly (readonly number[])[]) =>
  readScores(
    [
      `benchmark,${rows[0]?.map((_, method) => `m${method}`).join(',')}`,
      ...rows.map((row, at) => `b${at},${row.join(',')}`),
    ].join('\n'),
  );

describe('what may not be concluded', () => {
  test('five benchmarks are too few for Wilcoxon with Holm over three pairs, whatever the scores', () => {
    const analysis = analyseScores(table([1, 2, 3, 4, 5].map((by) => [1 + by, 2 + by, 3 + by])), {
      postHoc: 'wilcoxon',
    });
    expect(analysis.pairs.some(({ significant }) => significant)).toBe(false);
    const words = conclude(analysis).mayNot.join(' ');
    expect(words).toContain('5 benchmarks are too few for Wilcoxon with Holm over 3 pairs');
    expect(words).toContain('p = 0.063 before correction');
    expect(words).toContain('At least 7 benchmarks are needed');
  });

  test('two benchmarks are too few for Nemenyi: its critical difference exceeds the scale', () => {
    expect(
      conclude(
        analyseScores(
          table([
            [1, 2],
            [1, 2],
          ]),
        ),
      ).mayNot.join(' '),
    ).toMatch(/too few for Nemenyi.*1\.39.*ranks, 1\./);
  });

  test('with one benchmark there is a ranking and no test', () => {
    const analysis = analyseScores(table([[1, 3, 2]]));
    expect(analysis.methods.map(({ method }) => method)).toEqual(['m1', 'm2', 'm0']);
    expect(analysis).toMatchObject({ omnibus: null, criticalDifference: null, cliques: [] });
    expect(conclude(analysis).mayNot[0]).toContain('There is one benchmark');
  });

  test('single seeds, uneven seeds and benchmarks that disagree are told', () => {
    const words = conclude(
      analyseScores(readScores('method,benchmark,seed,value\na,x,0,1\na,x,1,2\nb,x,0,5\na,y,0,9\nb,y,0,3\n')),
    ).mayNot.join(' ');
    expect(words).toContain('luck of the seed');
    expect(words).toContain('between 1 and 2 scores');
    expect(words).toContain('against each other (τ below 0): x and y');
  });
});

describe('pairs', () => {
  test('smaller scores are better where asked: ranks and effects turn round', () => {
    const scores = 'benchmark,a,b\nx,1,2\ny,3,5\nz,4,9\n';
    const down = analyseScores(readScores(scores, { direction: 'down' }));
    expect(down.methods[0]?.method).toBe('a');
    expect(down.pairs[0]).toMatchObject({ a: 'a', wins: 3, losses: 0, a12: 1, cliffsDelta: 1, magnitude: 'large' });
    expect(analyseScores(readScores(scores)).pairs[0]).toMatchObject({ a: 'b', wins: 3, a12: 1 });
  });

  test('the effect size compares scores within benchmarks only', () => {
    // Over all scores pooled, the scale of y would hide that a beats b everywhere.
    expect(analyseScores(readScores('benchmark,a,b\nx,2,1\ny,200,199\n')).pairs[0]?.a12).toBe(1);
  });

  test('the order of rows does not matter', () => {
    const cell = fc.integer({ min: 0, max: 5 });
    const rows = fc.array(fc.tuple(cell, cell, cell), { minLength: 2, maxLength: 8 });
    fc.assert(
      fc.property(
        rows.filter((each) => each.some(([a, b, c]) => a !== b || b !== c)),
        (each) => {
          const ranks = (order: readonly (readonly number[])[]) =>
            new Map(
              analyseScores(table(order)).methods.map(({ method, averageRank }) => [method, averageRank.toFixed(9)]),
            );
          expect(ranks([...each].reverse())).toEqual(ranks(each));
        },
      ),
      { numRuns: 30 },
    );
  });
});

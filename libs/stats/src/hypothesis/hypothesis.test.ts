import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { friedman, imanDavenport } from './friedman.js';
import { quade } from './quade.js';
import { signTest } from './sign-test.js';
import { wilcoxonSignedRank } from './wilcoxon-signed-rank.js';

const table = fc
  .tuple(fc.integer({ min: 2, max: 8 }), fc.integer({ min: 2, max: 6 }))
  .chain(([n, k]) =>
    fc.array(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: k, maxLength: k }), { minLength: n, maxLength: n }),
  )
  .filter((rows) => rows.some((row) => new Set(row).size > 1));

describe('friedman, imanDavenport and quade', () => {
  it('give p within [0, 1], whatever the order of benchmarks and methods', () => {
    fc.assert(
      fc.property(table, (rows) => {
        for (const test of [friedman, imanDavenport, quade]) {
          const { pValue, statistic } = test(rows);
          expect(pValue).toBeGreaterThanOrEqual(0);
          expect(pValue).toBeLessThanOrEqual(1);
          expect(test([...rows].reverse()).pValue).toBeCloseTo(pValue, 10);
          const mirrored = test(rows.map((row) => [...row].reverse()));
          expect(mirrored.pValue).toBeCloseTo(pValue, 10);
          expect(Number.isNaN(statistic)).toBe(false);
        }
      }),
    );
  });

  it('state the exact probability when all benchmarks agree', () => {
    const rows = [
      [1, 2, 3],
      [4, 5, 6],
      [7, 8, 9],
    ];
    for (const test of [imanDavenport, quade]) {
      expect(test(rows).statistic).toBe(Number.POSITIVE_INFINITY);
      expect(test(rows).pValue).toBeCloseTo(1 / 36, 12);
    }
  });

  it('refuse one method, one benchmark, and ties everywhere', () => {
    for (const test of [friedman, imanDavenport, quade]) {
      expect(() => test([[1], [2]])).toThrow('scores: found 1 columns, allowed is at least 2');
      expect(() => test([[1, 2]])).toThrow('scores: found 1 rows, allowed is at least 2');
      expect(() =>
        test([
          [1, 1],
          [2, 2],
        ]),
      ).toThrow('all methods tied on every benchmark');
    }
  });
});

describe('wilcoxonSignedRank', () => {
  it('has the exact p of all sign patterns, ties included', () => {
    const differences = fc
      .array(fc.integer({ min: -4, max: 4 }), { minLength: 1, maxLength: 9 })
      .filter((d) => d.some((v) => v !== 0));
    fc.assert(
      fc.property(differences, (d) => {
        const zeros = d.map(() => 0);
        const { positiveRankSum, pValue, count } = wilcoxonSignedRank(d, zeros, {
          alternative: 'greater',
          method: 'exact',
        });
        const sizes = d.filter((v) => v !== 0);
        let asLarge = 0;
        for (let signs = 0; signs < 2 ** count; signs++) {
          const flipped = sizes.map((v, i) => ((signs >> i) & 1 ? Math.abs(v) : -Math.abs(v)));
          const other = wilcoxonSignedRank(
            flipped,
            flipped.map(() => 0),
            { method: 'asymptotic' },
          );
          if (other.positiveRankSum >= positiveRankSum) asLarge++;
        }
        expect(pValue).toBeCloseTo(asLarge / 2 ** count, 12);
      }),
      { numRuns: 40 },
    );
  });

  it('has p = 1 without any difference', () => {
    for (const zeros of ['wilcox', 'pratt', 'split'] as const) {
      for (const method of ['exact', 'asymptotic'] as const) {
        expect(wilcoxonSignedRank([1, 2, 3], [1, 2, 3], { zeros, method })).toMatchObject({
          pValue: 1,
          z: 0,
          count: 0,
        });
      }
    }
  });

  it('swaps sides with its samples', () => {
    const a = wilcoxonSignedRank([3, 1, 4, 1, 5], [2, 7, 1, 8, 2]);
    const b = wilcoxonSignedRank([2, 7, 1, 8, 2], [3, 1, 4, 1, 5]);
    expect([a.positiveRankSum, a.pValue]).toEqual([b.negativeRankSum, b.pValue]);
  });
});

describe('signTest', () => {
  it('shares ties out, the odd one left out', () => {
    expect(signTest(5, 1, 3)).toBe(signTest(6, 2));
    expect(signTest(0, 0, 1)).toBe(1);
  });

  it('refuses what is no count', () => {
    expect(() => signTest(-1, 2)).toThrow('wins: found -1, allowed is a whole number of at least 0');
    expect(() => signTest(1.5, 2)).toThrow('wins: found 1.5');
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { winTieLoss } from '../comparison/win-tie-loss.js';
import { cliquesByDifference, cliquesByTest } from '../critical-difference/cliques.js';
import { studentizedRangeTail } from '../distributions/studentized-range.js';
import { tabulatedStudentizedRangeTail } from '../distributions/tabulated-tail.js';
import { adjustPValues } from './adjust.js';
import { conover } from './conover.js';
import { compareWithControl } from './control-comparison.js';
import { nemenyi } from './nemenyi.js';
import { pairwiseWilcoxon } from './pairwise-wilcoxon.js';
import { quadePairs } from './quade-pairs.js';

const table = fc.array(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 6, maxLength: 6 }), {
  minLength: 2,
  maxLength: 12,
});

describe('adjustPValues', () => {
  it('keeps order and bounds: p ≤ Hochberg ≤ Holm ≤ Bonferroni', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 20 }), (p) => {
        const [bonferroni, holm, hochberg] = (['bonferroni', 'holm', 'hochberg'] as const).map((how) =>
          adjustPValues(p, how),
        );
        for (const [i, value] of p.entries()) {
          const at = (list: Float64Array | undefined) => list?.[i] ?? Number.NaN;
          expect(at(hochberg)).toBeGreaterThanOrEqual(value);
          expect(at(holm)).toBeGreaterThanOrEqual(at(hochberg));
          expect(at(bonferroni)).toBeGreaterThanOrEqual(at(holm) - 1e-15);
          expect(at(bonferroni)).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  it('refuses what is no probability', () => {
    expect(() => adjustPValues([0.1, 1.2], 'holm')).toThrow('pValues[1]: found 1.2, allowed is from 0 to 1');
  });
});

describe('nemenyi', () => {
  it('is significant by p exactly where average ranks differ by the critical difference', () => {
    fc.assert(
      fc.property(table, (scores) => {
        const { averageRanks, criticalDifference, pValues } = nemenyi(scores, 0.05);
        for (const [i, a] of averageRanks.entries()) {
          for (const [j, b] of averageRanks.entries()) {
            const excess = Math.abs(a - b) - criticalDifference;
            if (Math.abs(excess) > 1e-9) expect((pValues.values[i * 6 + j] ?? 1) < 0.05).toBe(excess > 0);
          }
        }
      }),
    );
  });

  it('looks p up in a table that agrees with the integral', () => {
    for (const groups of [2, 7, 1000]) {
      const tail = tabulatedStudentizedRangeTail(groups);
      for (let q = 0; q < 52; q += 2.3) {
        const exact = studentizedRangeTail(q, groups);
        expect(Math.abs(tail(q) - exact)).toBeLessThanOrEqual(1e-10 * exact);
      }
    }
  });

  it('refuses an α that is no probability', () => {
    expect(() =>
      nemenyi(
        [
          [1, 2],
          [2, 3],
        ],
        0,
      ),
    ).toThrow('alpha: found 0');
  });
});

describe('conover and quadePairs', () => {
  it('give the exact probability of agreement where all benchmarks agree, and 1 to methods that are alike', () => {
    const agreed = [
      [1, 2, 3],
      [4, 5, 6],
      [7, 8, 9],
    ];
    const alike = agreed.map(([a = 0, b = 0]) => [a, b, b]);
    for (const test of [conover, quadePairs]) {
      expect(test(agreed).pValues.values[1]).toBeCloseTo(1 / 36, 12);
      expect(test(alike).adjustedPValues.values[5]).toBe(1);
    }
  });

  it('do not hang on the direction of the scores', () => {
    fc.assert(
      fc.property(table, (scores) => {
        fc.pre(scores.some((row) => new Set(row).size > 1));
        const mirrored = scores.map((row) => row.map((score) => -score));
        for (const test of [conover, quadePairs]) {
          const [there, back] = [test(scores).pValues.values, test(mirrored).pValues.values];
          for (const [at, p] of there.entries()) expect(back[at]).toBeCloseTo(p, 9);
        }
      }),
    );
  });
});

describe('cliques', () => {
  it('hold exactly the pairs closer than the critical difference', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 1, max: 9, noNaN: true }), { minLength: 1, maxLength: 12 }), (ranks) => {
        const cliques = cliquesByDifference(ranks, 1.3);
        for (const [i, a] of ranks.entries()) {
          for (const [j, b] of ranks.entries()) {
            const together = cliques.some((clique) => clique.includes(i) && clique.includes(j));
            if (i !== j) expect(together).toBe(Math.abs(a - b) < 1.3);
          }
        }
        for (const clique of cliques) {
          expect(cliques.filter((other) => clique.every((method) => other.includes(method)))).toEqual([clique]);
        }
      }),
    );
  });

  it('by test never hold a pair that differs, and agree with the critical difference for Nemenyi', () => {
    fc.assert(
      fc.property(table, (scores) => {
        const { averageRanks, criticalDifference, pValues } = nemenyi(scores);
        expect(cliquesByTest(averageRanks, pValues)).toEqual(cliquesByDifference(averageRanks, criticalDifference));
        const wilcoxon = pairwiseWilcoxon(scores).adjustedPValues;
        for (const clique of cliquesByTest(averageRanks, wilcoxon, 0.3)) {
          for (const i of clique) for (const j of clique) expect(wilcoxon.values[i * 6 + j]).toBeGreaterThan(0.3);
        }
      }),
    );
  });

  it('leave methods apart between which a differing pair lies', () => {
    // Methods 0 and 2 do not differ, but 0 differs from 1, which ranks between them.
    const values = Float64Array.from([1, 0.01, 0.5, 0.01, 1, 0.5, 0.5, 0.5, 1]);
    expect(cliquesByTest([1, 2, 3], { rows: 3, columns: 3, values })).toEqual([[1, 2]]);
  });
});

describe('compareWithControl', () => {
  it('names the column that does not exist', () => {
    expect(() =>
      compareWithControl(
        [
          [1, 2],
          [3, 4],
        ],
        2,
      ),
    ).toThrow('control: found 2, allowed is a column from 0 to 1');
  });
});

describe('winTieLoss', () => {
  const scores = [
    [3, 2, 2],
    [3, 1, 2],
    [1, 2, 2.05],
  ];

  it('counts each pair from both sides', () => {
    const duels = winTieLoss(scores);
    expect(duels.map(({ method, opponent, wins, ties, losses }) => [method, opponent, wins, ties, losses])).toEqual([
      [0, 1, 2, 0, 1],
      [0, 2, 2, 0, 1],
      [1, 0, 1, 0, 2],
      [1, 2, 0, 1, 2],
      [2, 0, 1, 0, 2],
      [2, 1, 2, 1, 0],
    ]);
    expect(duels[3]?.winRate).toBeCloseTo(1 / 6, 12);
  });

  it('ties scores within the tolerance, and turns with the direction', () => {
    expect(winTieLoss(scores, { tolerance: 0.1 })[3]).toMatchObject({ wins: 0, ties: 2, losses: 1 });
    expect(winTieLoss(scores, { direction: 'smallest-first' })[0]).toMatchObject({ wins: 1, losses: 2 });
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { correlationMatrix } from './correlation-matrix.js';
import { countInversions } from './inversions.js';
import { kendall } from './kendall.js';
import { pearson } from './pearson.js';
import { spearman } from './spearman.js';
import { weightedTau } from './weighted-tau.js';

/** Paired samples with ties and at least two values on each side. */
const pairs = fc
  .array(fc.tuple(fc.integer({ min: -4, max: 4 }), fc.integer({ min: -9, max: 9 })), { minLength: 2, maxLength: 80 })
  .filter((list) => new Set(list.map(([x]) => x)).size > 1 && new Set(list.map(([, y]) => y)).size > 1);
const split = (list: readonly (readonly [number, number])[]) => [list.map(([x]) => x), list.map(([, y]) => y)] as const;

function pairsByBruteForce(x: readonly number[], y: readonly number[]): [number, number] {
  let [concordant, discordant] = [0, 0];
  for (const [i, xi] of x.entries()) {
    for (let j = 0; j < i; j++) {
      const sign = Math.sign(xi - (x[j] ?? 0)) * Math.sign((y[i] ?? 0) - (y[j] ?? 0));
      if (sign > 0) concordant++;
      if (sign < 0) discordant++;
    }
  }
  return [concordant, discordant];
}

describe('kendall', () => {
  it('counts concordant and discordant pairs as a loop over all pairs does', () => {
    fc.assert(
      fc.property(pairs, (list) => {
        const [x, y] = split(list);
        const { concordant, discordant } = kendall(x, y);
        expect([concordant, discordant]).toEqual(pairsByBruteForce(x, y));
      }),
    );
  });

  it('counts alike where the radix sort takes over', () => {
    const x = Array.from({ length: 2500 }, (_, i) => (i * 7919) % 1013);
    const y = x.map((value, i) => value + ((i * 104729) % 977) - 488);
    const { concordant, discordant } = kendall(x, y);
    expect([concordant, discordant]).toEqual(pairsByBruteForce(x, y));
  });

  it('keeps within [−1, 1], is symmetric, changes sign with one side, and ignores the order of observations and monotone changes', () => {
    fc.assert(
      fc.property(pairs, fc.constantFrom('a', 'b', 'c'), (list, variant) => {
        const [x, y] = split(list);
        const { tau, pValue } = kendall(x, y, { variant });
        expect(Math.abs(tau)).toBeLessThanOrEqual(1);
        expect(pValue).toBeGreaterThanOrEqual(0);
        expect(pValue).toBeLessThanOrEqual(1);
        expect(kendall(y, x, { variant }).tau).toBeCloseTo(tau, 12);
        expect(
          kendall(
            x,
            y.map((v) => -v),
            { variant },
          ).tau,
        ).toBeCloseTo(-tau, 12);
        expect(kendall([...x].reverse(), [...y].reverse(), { variant })).toEqual(kendall(x, y, { variant }));
        expect(kendall(x.map(Math.exp), y, { variant }).tau).toBe(tau);
      }),
    );
  });

  it('has exact and asymptotic p that agree for many observations', () => {
    const x = Array.from({ length: 300 }, (_, i) => i);
    const y = x.map((i) => i + ((i * 7919) % 1501));
    const exact = kendall(x, y, { method: 'exact' }).pValue;
    expect(kendall(x, y, { method: 'asymptotic' }).pValue).toBeCloseTo(exact, 3);
  });

  it('is 1 for equal orders: four observations have 4! orders, so the two-sided p is 2/24', () => {
    expect(kendall([1, 2, 3, 4], [10, 20, 30, 40])).toMatchObject({ tau: 1, pValue: 2 / 24, method: 'exact' });
  });

  it('refuses what has no τ, with the argument at fault', () => {
    expect(() => kendall([1, 1, 1], [1, 2, 3])).toThrow('x: found one value only');
    expect(() => kendall([1, 2, 3], [4, 4, 4])).toThrow('y: found one value only');
    expect(() => kendall([1, 2], [1])).toThrow('y: found 1 observations, allowed is 2');
    expect(() => kendall([1], [1])).toThrow('x: found 1 observations, allowed is at least 2');
    expect(() => kendall([1, Number.NaN], [1, 2])).toThrow('x[1]: found NaN');
    expect(() => kendall([1, 1, 2], [1, 2, 3], { method: 'exact' })).toThrow("'exact' with tied observations");
  });
});

describe('countInversions', () => {
  it('counts and sorts', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 50 }), { maxLength: 200 }), (list) => {
        const sequence = Uint32Array.from(list);
        let expected = 0;
        for (const [i, a] of list.entries()) expected += list.slice(0, i).filter((b) => b > a).length;
        expect(countInversions(sequence)).toBe(expected);
        expect([...sequence]).toEqual([...list].sort((a, b) => a - b));
      }),
    );
  });
});

describe('weightedTau', () => {
  it('is τ-b for equal weights', () => {
    fc.assert(
      fc.property(pairs, (list) => {
        const [x, y] = split(list);
        expect(weightedTau(x, y, { weigh: () => 1 })).toBeCloseTo(kendall(x, y).tau, 10);
      }),
    );
  });

  it('counts an exchange at the top for more than one at the bottom', () => {
    const x = [5, 4, 3, 2, 1];
    expect(weightedTau(x, [4, 5, 3, 2, 1])).toBeLessThan(weightedTau(x, [5, 4, 3, 1, 2]));
  });

  it('refuses negative weights and a constant side', () => {
    expect(() => weightedTau([1, 2], [1, 2], { weigh: () => -1 })).toThrow('a finite weight of at least 0');
    expect(() => weightedTau([1, 1], [1, 2])).toThrow('x: found one weighted value only');
  });
});

describe('pearson and spearman', () => {
  it('are 1 for a line, and for a monotone curve', () => {
    expect(pearson([1, 2, 3, 4], [3, 5, 7, 9])).toMatchObject({ coefficient: 1, pValue: 0 });
    expect(spearman([1, 2, 3, 4], [1, 8, 27, 64]).coefficient).toBe(1);
    expect(pearson([1, 2], [5, 3])).toMatchObject({ coefficient: -1, pValue: 1 });
  });

  it('do not overflow or lose a small variation', () => {
    expect(pearson([1e308, -1e308, 5e307], [1, 2, 3]).coefficient).toBeCloseTo(-0.240192230707631, 12);
    expect(pearson([1e9, 1e9 + 1, 1e9 + 2], [1, 2, 3]).coefficient).toBeCloseTo(1, 12);
  });

  it('refuse a constant side', () => {
    expect(() => pearson([2, 2], [1, 2])).toThrow('x: found one value only');
    expect(() => spearman([1, 2], [2, 2])).toThrow('y: found one value only');
  });
});

describe('correlationMatrix', () => {
  const tau = (x: Float64Array, y: Float64Array) => kendall(x, y).tau;

  it('is symmetric with 1 on the diagonal', () => {
    const { values } = correlationMatrix(
      [
        [1, 2, 3],
        [3, 2, 1],
        [1, 3, 2],
      ],
      tau,
    );
    expect([...values].map((v) => v.toFixed(2))).toEqual([
      '1.00',
      '-1.00',
      '0.33',
      '-1.00',
      '1.00',
      '-0.33',
      '0.33',
      '-0.33',
      '1.00',
    ]);
  });

  it('names the row at fault', () => {
    expect(() =>
      correlationMatrix(
        [
          [1, 2, 3],
          [2, 2, 2],
        ],
        tau,
      ),
    ).toThrow('rows[1]: found one value only');
  });
});

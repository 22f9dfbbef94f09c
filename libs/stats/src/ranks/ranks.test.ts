import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { midranks } from './midranks.js';
import { averageRanks, rankTable } from './rank-table.js';
import { sortOrder } from './sort-order.js';

const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
const tied = fc.integer({ min: -3, max: 3 });

describe('sortOrder', () => {
  it('sorts stably, short and long, negative numbers, zeros of both signs and subnormals included', () => {
    const pool = [-0, 0, 5e-324, -5e-324, 1, -1, 1e300, -1e300, 0.1, 93.2];
    for (const n of [0, 1, 2, 3, 10, 100, 1499, 1500, 5000]) {
      const values = Float64Array.from({ length: n }, (_, i) => pool[(i * 7919) % 10] ?? 0);
      const expected = Array.from(values.keys()).sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0) || a - b);
      expect([...sortOrder(values)]).toEqual(expected);
    }
  });
});

describe('sortOrder of numbers that differ in their last bits only', () => {
  it('sorts them, stably', () => {
    const values = Float64Array.from({ length: 4000 }, (_, i) => 1 + ((i * 7919) % 500) * Number.EPSILON);
    const expected = Array.from(values.keys()).sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0) || a - b);
    expect([...sortOrder(values)]).toEqual(expected);
  });
});

describe('midranks', () => {
  it('gives tied values the average of the ranks they span', () => {
    expect([...midranks([10, 20, 20, 30])]).toEqual([1, 2.5, 2.5, 4]);
    expect([...midranks([10, 20, 20, 30], 'largest-first')]).toEqual([4, 2.5, 2.5, 1]);
  });

  it('sums to n(n+1)/2, and depends on the order of the values only', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(finite, tied), { minLength: 1, maxLength: 60 }), (values) => {
        const ranks = midranks(values);
        expect(ranks.reduce((a, b) => a + b)).toBe((values.length * (values.length + 1)) / 2);
        for (const [i, a] of values.entries()) {
          for (const [j, b] of values.entries())
            expect(Math.sign((ranks[i] ?? 0) - (ranks[j] ?? 0))).toBe(Math.sign(a - b) + 0);
        }
        expect(midranks(values.map((v) => Math.atan(Math.sign(v)) + 5))).toEqual(midranks(values.map(Math.sign)));
      }),
    );
  });

  it('reverses with the direction', () => {
    fc.assert(
      fc.property(fc.array(tied, { minLength: 1 }), (values) => {
        expect(midranks(values, 'largest-first')).toEqual(midranks(values.map((v) => -v)));
      }),
    );
  });

  it('refuses NaN with its position', () => {
    expect(() => midranks([1, Number.NaN])).toThrow('sample[1]: found NaN, allowed is a finite number');
  });
});

describe('averageRanks', () => {
  it('averages ranks over rows, the largest score first', () => {
    const scores = [
      [0.9, 0.8, 0.7],
      [0.5, 0.5, 0.6],
    ];
    expect([...averageRanks(scores)]).toEqual([1.75, 2.25, 2]);
    expect([...averageRanks(scores, 'smallest-first')]).toEqual([2.25, 1.75, 2]);
    expect(rankTable(scores).tieTerm).toBe(6);
  });

  it('names the row that is too short, the missing cell and the cell that is not a number', () => {
    expect(() => averageRanks([[1, 2], [1]])).toThrow('scores[1]: found 1 cells, allowed is 2, as in row 0');
    expect(() => averageRanks([[1, Number.NaN]])).toThrow('scores[0][1]: found NaN');
    // biome-ignore lint/suspicious/noSparseArray: a hole is the missing cell under test
    expect(() => averageRanks([[1, , 3] as number[]])).toThrow('scores[0][1]: found no value');
    expect(() => averageRanks([])).toThrow('scores: found 0 rows');
  });
});

import { describe, expect, it } from 'vitest';
import { rankMethods, type Score } from './rank-methods.js';

const scores: Score[] = [
  { method: 'darts', benchmark: 'wide', value: 0.8 },
  { method: 'darts', benchmark: 'wide', value: 0.9 },
  { method: 'darts', benchmark: 'deep', value: 0.7 },
  { method: 'gdas', benchmark: 'wide', value: 0.95 },
  { method: 'gdas', benchmark: 'deep', value: 0.6 },
  { method: 'gdas', benchmark: 'deep', value: 0.7 },
  { method: 'random', benchmark: 'wide', value: 0.5 },
  { method: 'random', benchmark: 'deep', value: 0.5 },
];

describe('rankMethods', () => {
  it('ranks the means of each benchmark, best first, with mean, standard deviation, best and count', () => {
    const table = rankMethods(scores);
    expect(table.map(({ method, averageRank }) => [method, averageRank])).toEqual([
      ['darts', 1.5],
      ['gdas', 1.5],
      ['random', 3],
    ]);
    const [darts] = table;
    expect(darts?.mean).toBeCloseTo(0.8, 12);
    expect(darts?.standardDeviation).toBeCloseTo(0.1, 12);
    expect(darts?.best).toBe(0.9);
    expect(darts?.count).toBe(3);
    expect(darts?.benchmarks.map(({ benchmark, rank, count }) => [benchmark, rank, count])).toEqual([
      ['wide', 2, 2],
      ['deep', 1, 1],
    ]);
    expect(darts?.benchmarks[1]?.standardDeviation).toBeNull();
  });

  it('does not depend on the order of the scores', () => {
    const order = (list: readonly Score[]) => rankMethods(list).map(({ method, mean }) => [method, mean.toFixed(12)]);
    expect(order([...scores].reverse())).toEqual(order(scores));
  });

  it('ranks errors with the smallest first', () => {
    expect(rankMethods(scores, 'smallest-first').map(({ method }) => method)).toEqual(['random', 'gdas', 'darts']);
  });

  it('ranks a single method first', () => {
    expect(rankMethods(scores.slice(0, 1))[0]?.averageRank).toBe(1);
  });

  it('names the method and benchmark without a score', () => {
    expect(() => rankMethods(scores.slice(0, 7))).toThrow('scores of random on deep: found no score');
    expect(() => rankMethods([])).toThrow('scores: found 0 scores');
    expect(() => rankMethods([{ method: 'a', benchmark: 'b', value: Number.NaN }])).toThrow(
      'scores of a on b: found NaN',
    );
  });
});

import { ServiceError } from '@oneshot/service-kit';
import { expect, test } from 'vitest';
import { rank } from './rank.js';

const score = (method: string, benchmark: string, seed: number, value: number) => ({ method, benchmark, seed, value });

test('methods are ranked by average rank over benchmarks, with mean and sample deviation of all their scores', () => {
  const { methods } = rank([
    score('a', 'one', 0, 0.9),
    score('a', 'one', 1, 0.7),
    score('b', 'one', 0, 0.6),
    score('b', 'one', 1, 0.6),
    score('a', 'two', 0, 0.5),
    score('b', 'two', 0, 0.5),
  ]);
  expect(methods.map(({ method, averageRank, count, best }) => [method, averageRank, count, best])).toEqual([
    ['a', 1.25, 3, 0.9],
    ['b', 1.75, 3, 0.6],
  ]);
  expect(methods[0]?.mean).toBeCloseTo(0.7, 12);
  expect(methods[0]?.standardDeviation).toBeCloseTo(0.2, 12);
});

test('a single score has no deviation to tell', () => {
  expect(rank([score('a', 'one', 0, 0.5)]).methods[0]?.standardDeviation).toBe(0);
});

test('a method without a score on some benchmark is refused', () => {
  const scores = [score('a', 'one', 0, 0.5), score('b', 'two', 0, 0.5)];
  expect(() => rank(scores)).toThrow(ServiceError);
  expect(() => rank(scores)).toThrow(/no score/);
});

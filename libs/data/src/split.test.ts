import { expect, test } from 'vitest';
import { splitHalf } from './split.js';

test('a split is a permutation of all images, half and half, decided by the seed alone', () => {
  const split = splitHalf(101, { seed: 7 });
  expect([split.train.length, split.validation.length]).toEqual([50, 51]);
  expect([...split.train, ...split.validation].sort((a, b) => a - b)).toEqual(Array.from({ length: 101 }, (_, i) => i));
  expect(splitHalf(101, { seed: 7 }).digest).toBe(split.digest);
  expect(splitHalf(101, { seed: 8 }).digest).not.toBe(split.digest);
});

test('chosen images are divided as their positions would be', () => {
  const chosen = Uint32Array.from([3, 14, 15, 92, 65, 35]);
  const positions = splitHalf(6, { seed: 1 });
  const split = splitHalf(chosen, { seed: 1 });
  expect([...split.train]).toEqual([...positions.train].map((position) => chosen[position]));
  expect([...split.validation]).toEqual([...positions.validation].map((position) => chosen[position]));
});

test('a fraction that leaves a side empty is refused', () => {
  for (const fraction of [0, 1, 0.001, Number.NaN]) {
    expect(() => splitHalf(10, { seed: 1, fraction })).toThrow(/fraction/);
  }
});

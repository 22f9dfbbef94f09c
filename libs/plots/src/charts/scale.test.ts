import { describe, expect, test } from 'vitest';
import { extent, linearScale } from './scale.js';

describe('linear scale', () => {
  test('ticks are round and inside the domain', () => {
    const scale = linearScale([0.13, 0.87], [0, 100], 4);
    expect(scale.ticks.map((tick) => tick.toFixed(scale.decimals))).toEqual(['0.2', '0.4', '0.6', '0.8']);
  });

  test('the ends of the domain are the ends of the range', () => {
    const scale = linearScale([-5, 15], [200, 0], 5);
    expect([scale.position(-5), scale.position(15), scale.position(5)]).toEqual([200, 0, 100]);
  });

  test('a single value is widened, so that positions are finite', () => {
    for (const value of [0, 3, -2]) expect(linearScale([value, value], [0, 10], 3).position(value)).toBeCloseTo(5);
  });

  test('whole steps need no decimals', () => {
    expect(linearScale([1, 8], [0, 1], 7)).toMatchObject({ ticks: [1, 2, 3, 4, 5, 6, 7, 8], decimals: 0 });
  });
});

test('extent reads finite values only', () => {
  expect(extent([Number.NaN, 2, Number.POSITIVE_INFINITY, -1])).toEqual([-1, 2]);
  expect(extent([Number.NaN])).toBeUndefined();
});

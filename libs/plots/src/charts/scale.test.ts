import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { extent, linearScale, scaleOf } from './scale.js';

describe('linear scale', () => {
  test('ticks are round and inside the domain', () => {
    const scale = linearScale([0.13, 0.87], [0, 100], 4);
    expect(scale.ticks.map(scale.format)).toEqual(['0.2', '0.4', '0.6', '0.8']);
  });

  test('the ends of the domain are the ends of the range', () => {
    const scale = linearScale([-5, 15], [200, 0], 5);
    expect([scale.position(-5), scale.position(15), scale.position(5)]).toEqual([200, 0, 100]);
  });

  test('a single value is widened, so that positions are finite', () => {
    for (const value of [0, 3, -2]) expect(linearScale([value, value], [0, 10], 3).position(value)).toBeCloseTo(5);
  });

  test('whole steps need no decimals', () => {
    const { ticks, format } = linearScale([1, 8], [0, 1], 7);
    expect(ticks.map(format)).toEqual(['1', '2', '3', '4', '5', '6', '7', '8']);
  });
});

test('there are at least three ticks, and their numbers differ, on every scale', () => {
  const ends = fc.tuple(fc.double({ min: -300, max: 300, noNaN: true }), fc.integer({ min: -12, max: 12 }));
  fc.assert(
    fc.property(ends, ends, fc.integer({ min: 1, max: 8 }), ([a, p], [b, q], about) => {
      const domain = [a * 10 ** p, b * 10 ** q].sort((x, y) => x - y) as [number, number];
      for (const kind of ['linear', 'log'] as const) {
        const scale = scaleOf(kind, domain, [0, 300], about);
        expect(scale.ticks.length).toBeGreaterThanOrEqual(3);
        for (const tick of scale.ticks) {
          expect(scale.position(tick)).toBeGreaterThan(-1);
          expect(scale.position(tick)).toBeLessThan(301);
        }
        expect(new Set(scale.ticks.map(scale.format)).size).toBe(scale.ticks.length);
      }
    }),
  );
});

test('large and small numbers are written short, all with one unit', () => {
  const ticks = (low: number, high: number) => {
    const { ticks: found, format } = linearScale([low, high], [0, 1], 4);
    return found.map(format);
  };
  expect(ticks(1e6, 2.1e6)).toEqual(['1.0M', '1.5M', '2.0M']);
  expect(ticks(0, 4e7)).toEqual(['0', '10M', '20M', '30M', '40M']);
  expect(ticks(0, 2e-7)).toEqual(['0', '5.0e-8', '1.0e-7', '1.5e-7', '2.0e-7']);
});

test('extent reads finite values only', () => {
  expect(extent([Number.NaN, 2, Number.POSITIVE_INFINITY, -1])).toEqual([-1, 2]);
  expect(extent([Number.NaN])).toBeUndefined();
});

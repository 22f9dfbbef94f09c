import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hodgesLehmann, median } from '../index.js';

function fromAllPairs(values: readonly number[]): number {
  return median(values.flatMap((x, i) => values.slice(0, i + 1).map((y) => x / 2 + y / 2)));
}

describe('hodgesLehmann', () => {
  it('of many observations is what all their pairs give, with ties and without', () => {
    const length = { minLength: 91, maxLength: 260 };
    const whole = fc.array(fc.integer({ min: -3, max: 3 }), length);
    const spread = fc.array(fc.double({ min: -1e3, max: 1e3, noNaN: true }), length);
    fc.assert(
      fc.property(fc.oneof(whole, spread), (values) => {
        expect(hodgesLehmann(values)).toBeCloseTo(fromAllPairs(values), 12);
      }),
      { numRuns: 60 },
    );
    expect(hodgesLehmann(new Float64Array(20_000).fill(0.25))).toBe(0.25);
  });
});

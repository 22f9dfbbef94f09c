import { describe, expect, it } from 'vitest';
import { abcMeanInterval, bootstrapInterval } from '../index.js';

describe('abcMeanInterval', () => {
  it('is what the BCa bootstrap tends to, for skewed observations too', () => {
    // Exponential by quantiles, in an order that does not matter.
    const values = Array.from({ length: 300 }, (_, i) => -Math.log((i + 0.5) / 300));
    const limits = abcMeanInterval(values);
    const resampled = bootstrapInterval(values, undefined, { resamples: 40_000 });
    const width = resampled.high - resampled.low;
    expect(Math.abs(limits.low - resampled.low)).toBeLessThan(0.02 * width);
    expect(Math.abs(limits.high - resampled.high)).toBeLessThan(0.02 * width);
    expect(limits.standardError).toBeCloseTo(resampled.standardError, 2);
    expect(limits.high - limits.estimate).toBeGreaterThan(limits.estimate - limits.low);
  });

  it('collapses where nothing varies', () => {
    expect(abcMeanInterval([2, 2, 2])).toEqual({ estimate: 2, low: 2, high: 2, standardError: 0 });
  });
});

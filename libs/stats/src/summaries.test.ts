import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  anyTimeCurve,
  averageOverTime,
  bootstrapInterval,
  cliffsDelta,
  effectMagnitude,
  incumbentCurve,
  interquartileMean,
  mean,
  median,
  quantile,
  regretCurve,
  sampleStandardDeviation,
  trimmedMean,
  varghaDelaney,
  winsorizedMean,
} from './index.js';

const sample = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 40 });

describe('means', () => {
  it('lie between minimum and maximum', () => {
    fc.assert(
      fc.property(sample, (values) => {
        for (const f of [mean, median, trimmedMean, winsorizedMean, interquartileMean]) {
          expect(f(values)).toBeGreaterThanOrEqual(Math.min(...values) - 1e-6);
          expect(f(values)).toBeLessThanOrEqual(Math.max(...values) + 1e-6);
        }
      }),
    );
  });

  it('the interquartile mean cuts whole values: the least and the greatest quarter, rounded down', () => {
    expect(interquartileMean([5, 8, 4, 38, 8, 6, 9, 7, 7, 3, 1, 6])).toBe(6.5);
    expect(interquartileMean([1, 3, 5, 7, 100])).toBe(5);
    expect(interquartileMean([0, 1, 2])).toBe(1);
    expect(interquartileMean([0, 10, 20, 90, 91, 92])).toBe(52.75);
  });

  it('sums without losing small values beside large ones', () => {
    expect(mean([1e16, 1, -1e16, 1])).toBe(0.5);
  });

  it('refuse empty samples and proportions that leave nothing', () => {
    expect(() => mean([])).toThrow('sample: found 0 observations, allowed is at least 1');
    expect(() => sampleStandardDeviation([1])).toThrow('sample: found 1 observations, allowed is at least 2');
    expect(() => trimmedMean([1, 2], 0.5)).toThrow('proportion: found 0.5');
    expect(() => quantile([1, 2], 1.1)).toThrow('probability: found 1.1');
  });
});

describe('effect sizes', () => {
  it('turn with the sides and count ties half', () => {
    fc.assert(
      fc.property(sample, sample, (x, y) => {
        expect(varghaDelaney(x, y) + varghaDelaney(y, x)).toBeCloseTo(1, 12);
        expect(cliffsDelta(x, x)).toBeCloseTo(0, 12);
      }),
    );
    expect(cliffsDelta([2, 3], [1, 1.5])).toBe(1);
    expect(varghaDelaney([1, 2], [1, 2])).toBe(0.5);
  });

  it('have words', () => {
    expect([0.1, -0.2, 0.4, -0.9].map(effectMagnitude)).toEqual(['negligible', 'small', 'medium', 'large']);
  });
});

describe('bootstrapInterval', () => {
  it('is the same for the same seed, and another for another', () => {
    const values = [3, 1, 4, 1, 5, 9, 2, 6];
    expect(bootstrapInterval(values)).toEqual(bootstrapInterval(values));
    expect(bootstrapInterval(values, mean, { seed: 1 })).not.toEqual(bootstrapInterval(values));
  });

  it('holds the true mean about as often as it says', () => {
    let hits = 0;
    for (let run = 0; run < 200; run++) {
      // Uniform on [0, 1) by a van der Corput-like shuffle of distinct offsets.
      const values = Array.from({ length: 30 }, (_, i) => ((run * 30 + i + 1) * 0.754877666246693) ** 2 % 1);
      const { low, high } = bootstrapInterval(values, mean, { confidence: 0.9, resamples: 400, seed: run });
      if (low <= 0.5 && 0.5 <= high) hits++;
    }
    expect(hits / 200).toBeGreaterThan(0.82);
    expect(hits / 200).toBeLessThan(0.97);
  });

  it('collapses where nothing varies', () => {
    expect(bootstrapInterval([2, 2, 2])).toEqual({ estimate: 2, low: 2, high: 2, standardError: 0 });
  });

  it('refuses a statistic that is not finite', () => {
    expect(() => bootstrapInterval([1, 2], () => Number.NaN)).toThrow('statistic(sample): found NaN');
  });
});

describe('curves', () => {
  it('keep the best so far, and its distance from the optimum', () => {
    expect([...incumbentCurve([3, 5, 4, 6])]).toEqual([3, 5, 5, 6]);
    expect([...incumbentCurve([3, 5, 2], 'smallest-first')]).toEqual([3, 3, 2]);
    expect([...regretCurve([3, 5, 4, 6], 6)]).toEqual([3, 1, 1, 0]);
    expect(() => regretCurve([3, 7], 6)).toThrow('values[1]: found 7, better than the optimum');
  });

  it('sum runs up where all are observed, each as a step', () => {
    const curve = anyTimeCurve([
      { times: [0, 2, 4], values: [1, 2, 3] },
      { times: [1, 3, 5], values: [3, 4, 5] },
    ]);
    expect([...curve.times]).toEqual([1, 2, 3, 4]);
    expect([...curve.mean]).toEqual([2, 2.5, 3, 3.5]);
    expect([...curve.median]).toEqual([2, 2.5, 3, 3.5]);
  });

  it('average over time by the height of the steps', () => {
    expect(averageOverTime({ times: [0, 1, 4], values: [4, 1, 0] })).toBe(7 / 4);
  });

  it('refuse times that go back, and runs that never overlap', () => {
    expect(() => averageOverTime({ times: [0, 0], values: [1, 2] })).toThrow(
      'curve.times[1]: found 0, allowed is a time after 0',
    );
    const apart = [
      { times: [0, 1], values: [1, 1] },
      { times: [2, 3], values: [1, 1] },
    ];
    expect(() => anyTimeCurve(apart)).toThrow('one run begins at 2, another ends at 1');
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { learningRateOf } from './learning-rate.js';

describe('learning rate', () => {
  it('is half a cosine over the epochs, constant within one', () => {
    const rate = learningRateOf({ from: 0.1, to: 0, every: 'epoch' }, 4, 10);
    // 0.05 · (1 + cos(π e / 4)).
    [0.1, 0.0853553, 0.05, 0.0146447].forEach((wanted, epoch) => {
      expect(rate(epoch, 0)).toBeCloseTo(wanted, 6);
      expect(rate(epoch, 9)).toBe(rate(epoch, 0));
    });
  });

  it('or over the steps, so that the last step is all but at the end', () => {
    const rate = learningRateOf({ from: 0.1, to: 0, every: 'step' }, 4, 10);
    expect(rate(0, 0)).toBeCloseTo(0.1, 12);
    expect(rate(2, 0)).toBeCloseTo(0.05, 12);
    expect(rate(3, 9)).toBeLessThan(2e-4);
  });

  /** What PyTorch 2.15's schedulers give from 0.1 over ten epochs. */
  it.each([
    [
      'cosine',
      { from: 0.1, to: 0.001, every: 'epoch' },
      [0.1, 0.0975773, 0.0905463, 0.0795954, 0.0657963, 0.0505, 0.0352037, 0.0214046, 0.0104537, 0.0034227],
    ],
    [
      'linear',
      { schedule: 'linear', from: 0.1, to: 0.001, every: 'epoch' },
      [0.1, 0.0901, 0.0802, 0.0703, 0.0604, 0.0505, 0.0406, 0.0307, 0.0208, 0.0109],
    ],
    [
      'cosine behind a warm-up of three epochs',
      { from: 0.1, to: 0.001, every: 'epoch', warmup: { from: 0.01, epochs: 3 } },
      [0.01, 0.04, 0.07, 0.1, 0.095098, 0.0813627, 0.0615148, 0.0394852, 0.0196373, 0.005902],
    ],
  ])('is as in PyTorch: %s', (_, spec, wanted) => {
    const rate = learningRateOf(spec, 10, 7);
    wanted.forEach((value, epoch) => {
      expect(rate(epoch, 0)).toBeCloseTo(value, 7);
      expect(rate(epoch, 6)).toBe(rate(epoch, 0));
    });
  });

  it('warms up by steps whatever the schedule behind it goes by', () => {
    const rate = learningRateOf({ schedule: 'constant', from: 0.1, warmup: { from: 0.02, steps: 8 } }, 3, 4);
    const rates = Array.from({ length: 12 }, (_, at) => rate(Math.floor(at / 4), at % 4));
    [0.02, 0.03, 0.04, 0.05, 0.06, 0.07, 0.08, 0.09, 0.1, 0.1, 0.1, 0.1].forEach((wanted, at) => {
      expect(rates[at]).toBeCloseTo(wanted, 12);
    });
  });

  it('never leaves the range between its ends, and moves one way behind its warm-up', () => {
    const spec = fc.record({
      schedule: fc.constantFrom('cosine', 'linear'),
      from: fc.double({ min: 0.01, max: 1, noNaN: true }),
      to: fc.double({ min: 0, max: 0.01, noNaN: true }),
      every: fc.constantFrom('epoch', 'step'),
      warmup: fc.option(fc.record({ from: fc.constant(0.001), epochs: fc.integer({ min: 1, max: 3 }) }), {
        nil: undefined,
      }),
    });
    fc.assert(
      fc.property(
        spec,
        fc.integer({ min: 4, max: 9 }),
        fc.integer({ min: 1, max: 5 }),
        ({ warmup, ...rest }, epochs, steps) => {
          const rate = learningRateOf({ ...rest, ...(warmup === undefined ? {} : { warmup }) }, epochs, steps);
          const rates = Array.from({ length: epochs * steps }, (_, at) => rate(Math.floor(at / steps), at % steps));
          const least = Math.min(rest.to, warmup?.from ?? rest.to);
          expect(Math.max(...rates)).toBeLessThanOrEqual(rest.from + 1e-12);
          expect(Math.min(...rates)).toBeGreaterThanOrEqual(least - 1e-12);
          const behind = rates.slice((warmup?.epochs ?? 0) * steps);
          expect(behind[0]).toBeCloseTo(rest.from, 12);
          behind.slice(1).forEach((value, at) => {
            expect(value).toBeLessThanOrEqual((behind[at] ?? 0) + 1e-12);
          });
        },
      ),
    );
  });
});

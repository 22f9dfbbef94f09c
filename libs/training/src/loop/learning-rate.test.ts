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
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seenShape, shuffledOrder } from './partial.js';

const widths = fc
  .integer({ min: 2, max: 300 })
  .chain((channels) => fc.tuple(fc.constant(channels), fc.integer({ min: 2, max: channels })));

describe('a partial connection', () => {
  it('lets the first of every `keep` channels pass the branches, rounded down, at least one', () => {
    const seen = (channels: number, keep: number) =>
      seenShape({ partial: { keep, stride: 1, bypassMix: null } }, { height: 2, width: 3, channels });
    expect([16, 18, 7, 26, 4].map((channels) => seen(channels, 4).channels)).toEqual([4, 4, 1, 6, 1]);
    expect(seen(18, 4)).toEqual({ height: 2, width: 3, channels: 4 });
    expect(seenShape({}, { height: 2, width: 3, channels: 7 }).channels).toBe(7);
  });

  it('shuffles every channel to one place of its own, whatever the width', () => {
    fc.assert(
      fc.property(widths, ([channels, keep]) => {
        const order = shuffledOrder(channels, keep);
        expect(order.toSorted((a, b) => a - b)).toEqual(Array.from({ length: channels }, (_, i) => i));
      }),
    );
  });

  it('shuffles as if channels were added to fill the groups, shuffled with the others, and taken out again', () => {
    fc.assert(
      fc.property(widths, ([channels, keep]) => {
        const group = Math.ceil(channels / keep);
        const filled = Array.from(
          { length: group * keep },
          (_, place) => (place % keep) * group + Math.floor(place / keep),
        );
        expect(shuffledOrder(channels, keep)).toEqual(filled.filter((channel) => channel < channels));
      }),
    );
  });

  it('orders the widths of the DARTS-Bench-Suite so', () => {
    expect(shuffledOrder(8, 4)).toEqual([0, 2, 4, 6, 1, 3, 5, 7]);
    expect(shuffledOrder(7, 4)).toEqual([0, 2, 4, 6, 1, 3, 5]);
    expect(shuffledOrder(18, 4)).toEqual([0, 5, 10, 15, 1, 6, 11, 16, 2, 7, 12, 17, 3, 8, 13, 4, 9, 14]);
    expect(shuffledOrder(26, 4).slice(0, 9)).toEqual([0, 7, 14, 21, 1, 8, 15, 22, 2]);
  });
});

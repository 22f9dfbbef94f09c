import { describe, expect, test } from 'vitest';
import { Batches, type BatchesOptions } from './batches.js';
import type { DatasetPart } from './dataset.js';

const image = { height: 8, width: 8, channels: 3 };
const count = 23;
/**
 * Pixel (y, x, c) of image i is distinct within the image, never 0; the label is the image's
 * number.
 */
const part: DatasetPart = {
  image,
  count,
  images: Uint8Array.from({ length: count * 192 }, (_, k) => (k % 192) + 1 + (Math.floor(k / 192) % 60)),
  labels: Int32Array.from({ length: count }, (_, i) => i),
};
const plain = { part, batch: 5, seed: 3, purpose: 'train', mean: [0, 0, 0], std: [1 / 255, 1 / 255, 1 / 255] } as const;

function pixel(images: Float32Array, i: number, y: number, x: number, c: number): number {
  return Math.round(images[((i * 8 + y) * 8 + x) * 3 + c] ?? Number.NaN);
}

describe('batches', () => {
  test('hold every image once per epoch, in another order each epoch', () => {
    const batches = new Batches(plain);
    const epoch = (e: number): number[] =>
      Array.from({ length: batches.stepsPerEpoch }, (_, step) => [...batches.batch(e, step).labels]).flat();
    expect(epoch(0).toSorted((a, b) => a - b)).toEqual([...part.labels]);
    expect(epoch(1)).not.toEqual(epoch(0));
    expect(Array.from({ length: 5 }, (_, step) => batches.batch(0, step).count)).toEqual([4, 5, 4, 5, 5]);
  });

  test('are a pure function of epoch and step', () => {
    const augment = { crop: 2, flip: true, cutout: 4 };
    const first = new Batches({ ...plain, augment });
    const second = new Batches({ ...plain, augment });
    const expected = first.batch(2, 3);
    second.batch(0, 0);
    second.batch(5, 1);
    expect(second.batch(2, 3)).toEqual(expected);
    expect(new Batches({ ...plain, augment, purpose: 'validation' }).batch(2, 3)).not.toEqual(expected);
    expect(new Batches({ ...plain, augment, seed: 4 }).batch(2, 3)).not.toEqual(expected);
  });

  test('keep the given order without shuffling, take only the given images, as evenly as they go', () => {
    const indices = Uint32Array.of(9, 2, 4, 11, 7);
    const batches = new Batches({ ...plain, batch: 2, indices, shuffle: false });
    const steps = Array.from({ length: batches.stepsPerEpoch }, (_, step) => [...batches.batch(0, step).labels]);
    expect(steps).toEqual([[9], [2, 4], [11, 7]]);
  });

  test('are normalised by mean and std per channel', () => {
    const { images } = new Batches({ ...plain, shuffle: false, mean: [0.5, 0.25, 0], std: [0.5, 0.2, 1] }).batch(0, 0);
    expect(images[0]).toBeCloseTo((1 / 255 - 0.5) / 0.5, 6);
    expect(images[1]).toBeCloseTo((2 / 255 - 0.25) / 0.2, 6);
    expect(images[2]).toBeCloseTo(3 / 255, 6);
  });

  test('augmented: each image is its own crop, mirrored or not, zero beyond the border', () => {
    const batches = new Batches({ ...plain, batch: 23, shuffle: false, augment: { crop: 2, flip: true } });
    const { images } = batches.batch(0, 0);
    const kinds = new Set<string>();
    for (let i = 0; i < count; i++) {
      const match = changesOf(2).find(({ down, right, mirrored }) => {
        for (let y = 0; y < 8; y++) {
          for (let x = 0; x < 8; x++) {
            const row = y + down;
            const column = (mirrored ? 7 - x : x) + right;
            const inside = row >= 0 && row < 8 && column >= 0 && column < 8;
            const expected = inside ? part.images[i * 192 + (row * 8 + column) * 3 + 1] : 0;
            if (pixel(images, i, y, x, 1) !== expected) return false;
          }
        }
        return true;
      });
      expect(match).toBeDefined();
      kinds.add(JSON.stringify(match));
    }
    expect(kinds.size).toBeGreaterThan(10);
  });

  test('with cutout: one square is zero, clipped at the border, the rest untouched', () => {
    const batches = new Batches({ ...plain, batch: 23, shuffle: false, augment: { cutout: 4 } });
    const { images } = batches.batch(0, 0);
    for (let i = 0; i < count; i++) {
      let zeros = 0;
      for (let p = 0; p < 64; p++) {
        const value = pixel(images, i, Math.floor(p / 8), p % 8, 0);
        if (value === 0) zeros++;
        else expect(value).toBe(part.images[i * 192 + p * 3]);
      }
      expect(zeros).toBeGreaterThanOrEqual(4);
      expect(zeros).toBeLessThanOrEqual(16);
    }
  });

  test('refuse impossible options, each named', () => {
    const bad: Partial<BatchesOptions> = { batch: 0, mean: [0], std: [1, 0, 1], augment: { crop: -1, cutout: 99 } };
    expect(() => new Batches({ ...plain, ...bad })).toThrow(
      /batch: found 0[\s\S]*mean: found 1 values[\s\S]*std: found 1, 0, 1[\s\S]*augment.crop: found -1[\s\S]*augment.cutout: found 99/,
    );
    expect(() => new Batches(plain).batch(0, 5)).toThrow(/step: found 5; allowed: 0 to 4/);
  });
});

function changesOf(padding: number): { down: number; right: number; mirrored: boolean }[] {
  const shifts = Array.from({ length: 2 * padding + 1 }, (_, i) => i - padding);
  return shifts.flatMap((down) =>
    shifts.flatMap((right) => [true, false].map((mirrored) => ({ down, right, mirrored }))),
  );
}

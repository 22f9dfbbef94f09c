import { randomStream } from '@oneshot/engine';
import { expect, test } from 'vitest';
import type { DatasetPart } from './dataset.js';
import { mirrorKeepsClass } from './mirror.js';

/** Images of two classes under noise, drawn by `bright(label, x, y)`. */
function part(bright: (label: number, x: number, y: number) => boolean): DatasetPart {
  const [count, side] = [60, 20];
  const noise = randomStream(0, 'mirror').uniform(count * side * side);
  const images = Uint8Array.from(noise, (value, i) => {
    const [x, y, image] = [i % side, Math.floor(i / side) % side, Math.floor(i / side / side)];
    return (bright(image % 2, x, y) ? 150 : 50) + 60 * value;
  });
  const labels = Int32Array.from({ length: count }, (_, i) => i % 2);
  return { image: { height: side, width: side, channels: 1 }, count, images, labels };
}

test('images that lean left or right are not to be mirrored; those that differ in height may be', () => {
  expect(mirrorKeepsClass(part((label, x, y) => (label === 0 ? x < y : x > 19 - y)))).toBe(false);
  expect(mirrorKeepsClass(part((label, _, y) => (label === 0 ? y < 10 : y >= 10)))).toBe(true);
});

test('classes that cannot be told apart at all leave mirroring alone', () => {
  expect(mirrorKeepsClass(part(() => true))).toBe(true);
});

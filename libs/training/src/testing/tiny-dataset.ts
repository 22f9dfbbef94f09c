import type { Dataset, DatasetPart, ImageShape } from '@oneshot/data';
import { randomStream } from '@oneshot/engine';

/** Three classes of small noisy stripes: learnable in a few steps, made of nothing but a seed. */
export function tinyDataset(side = 6): Dataset {
  return {
    name: 'tiny',
    image: imageOf(side),
    classes: ['rows', 'columns', 'diagonals'],
    train: part(48, side, 'train'),
    test: part(24, side, 'test'),
    mean: [0.5],
    std: [0.35],
    digest: 'tiny',
    source: 'made by the test',
  };
}

function imageOf(side: number): ImageShape {
  return { height: side, width: side, channels: 1 };
}

function part(count: number, side: number, purpose: string): DatasetPart {
  const image = imageOf(side);
  const { height, width } = image;
  const noise = randomStream(0, purpose).uniform(count * height * width);
  const images = Uint8Array.from(noise, (value, index) => {
    const [x, y] = [index % width, Math.floor(index / width) % height];
    const label = Math.floor(index / (height * width)) % 3;
    const bright = (label === 0 ? y : label === 1 ? x : x + y) % 2 === 0;
    return Math.round((bright ? 160 : 10) + 80 * value);
  });
  return { image, count, images, labels: Int32Array.from({ length: count }, (_, index) => index % 3) };
}

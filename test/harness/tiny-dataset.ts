import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { randomStream } from '@oneshot/engine';

/** Name of the data set that `writeTinyDataset` writes. */
export const tinyDataset = 'tiny-patterns';

const side = 12;
const classes = 4;

/**
 * Writes an MNIST-like data set of 64 training and 32 test images, 12×12, four classes, to a folder
 * of the directory.
 */
export function writeTinyDataset(directory: string): void {
  const folder = join(directory, tinyDataset);
  mkdirSync(folder, { recursive: true });
  writePart(folder, 'train', 64);
  writePart(folder, 't10k', 32);
}

function writePart(folder: string, prefix: string, count: number): void {
  const labels = Uint8Array.from({ length: count }, (_, index) => index % classes);
  const noise = randomStream(1, 'tiny', prefix).uniform(count * side * side);
  const pixels = Uint8Array.from(noise, (value, position) => {
    const image = Math.floor(position / (side * side));
    const row = Math.floor((position % (side * side)) / side);
    const column = position % side;
    return (isLit(labels[image] ?? 0, row, column) ? 160 : 0) + Math.floor(value * 90);
  });
  writeFileSync(join(folder, `${prefix}-images-idx3-ubyte`), idx([count, side, side], pixels));
  writeFileSync(join(folder, `${prefix}-labels-idx1-ubyte`), idx([count], labels));
}

/** Each class has a pattern: horizontal stripes, vertical stripes, a frame, a block. */
function isLit(label: number, row: number, column: number): boolean {
  switch (label) {
    case 0:
      return row % 4 < 2;
    case 1:
      return column % 4 < 2;
    case 2:
      return Math.min(row, column, side - 1 - row, side - 1 - column) < 2;
    default:
      return row > 3 && row < 8 && column > 3 && column < 8;
  }
}

/** The IDX format of unsigned bytes: magic number with the number of dimensions, sizes, values. */
function idx(sizes: readonly number[], values: Uint8Array): Uint8Array {
  const header = Buffer.alloc(4 + 4 * sizes.length);
  header.writeUInt8(8, 2);
  header.writeUInt8(sizes.length, 3);
  sizes.forEach((size, index) => {
    header.writeUInt32BE(size, 4 + 4 * index);
  });
  return Buffer.concat([header, values]);
}

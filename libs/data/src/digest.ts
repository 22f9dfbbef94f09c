import { createHash, type Hash } from 'node:crypto';
import type { DatasetContent, DatasetPart } from './dataset.js';

/** sha256 (hex) of what a data set holds, independent of where and in which layout it is stored. */
export function datasetDigest(dataset: Pick<DatasetContent, 'image' | 'classes' | 'train' | 'test'>): string {
  const hash = createHash('sha256');
  const { height, width, channels } = dataset.image;
  hash.update(JSON.stringify({ version: 1, height, width, channels, classes: dataset.classes }));
  for (const part of [dataset.train, dataset.test]) updateWithPart(hash, part);
  return hash.digest('hex');
}

function updateWithPart(hash: Hash, part: DatasetPart): void {
  hash.update(`\n${part.count}\n`);
  // Labels are hashed as little-endian 32-bit integers on every machine.
  const labels = new DataView(new ArrayBuffer(4 * part.count));
  for (const [i, label] of part.labels.entries()) labels.setInt32(4 * i, label, true);
  hash.update(labels);
  hash.update(part.images);
}

/** sha256 (hex) of a list of indices, as little-endian 32-bit integers. */
export function indicesDigest(...lists: readonly Uint32Array[]): string {
  const hash = createHash('sha256');
  for (const list of lists) {
    const view = new DataView(new ArrayBuffer(4 * (list.length + 1)));
    view.setUint32(0, list.length, true);
    for (const [i, index] of list.entries()) view.setUint32(4 * (i + 1), index, true);
    hash.update(view);
  }
  return hash.digest('hex');
}

import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DatasetContent, DatasetPart, ImageShape } from '../dataset.js';
import { DataError, type DataFault, throwFaults } from '../error.js';

const image: ImageShape = { height: 32, width: 32, channels: 3 };
const pixels = image.height * image.width;
const recordBytes = 1 + 3 * pixels;

const patterns = { train: /^(train|data_batch)_.*\.bin$/, test: /^test_.*\.bin$/ } as const;

/** Class names by label (Krizhevsky 2009, batches.meta.txt). */
export const cifar10Classes: readonly string[] = [
  'airplane',
  'automobile',
  'bird',
  'cat',
  'deer',
  'dog',
  'frog',
  'horse',
  'ship',
  'truck',
];

/** The `.bin` files of one part in a CIFAR-10 directory, in numeric order of their names. */
export function cifarFiles(directory: string, part: 'train' | 'test'): string[] {
  const compare = new Intl.Collator('en', { numeric: true }).compare;
  return readdirSync(directory)
    .filter((file) => patterns[part].test(file))
    .sort(compare)
    .map((file) => join(directory, file));
}

/** Whether a directory holds training records in CIFAR-10's binary layout. */
export function isCifarFolder(directory: string): boolean {
  return cifarFiles(directory, 'train').length > 0;
}

/**
 * Reads CIFAR-10's binary layout: `train_*.bin` or `data_batch_*.bin`, and `test_*.bin`; each
 * record is a label byte and 3,072 bytes of 32×32 planes, red, green, blue.
 */
export async function readCifarFolder(directory: string, name: string): Promise<DatasetContent> {
  const train = await readPart(directory, 'train');
  const test = await readPart(directory, 'test');
  throwFaults([...train.faults, ...test.faults]);
  return { name, image, classes: cifar10Classes, train: train.part, test: test.part, source: directory };
}

async function readPart(
  directory: string,
  which: 'train' | 'test',
): Promise<{ part: DatasetPart; faults: DataFault[] }> {
  const paths = cifarFiles(directory, which);
  if (paths.length === 0) {
    throw new DataError({
      code: 'not_found',
      field: directory,
      found: `no file for the ${which} part`,
      allowed: which === 'train' ? 'train_*.bin or data_batch_*.bin' : 'test_*.bin',
    });
  }
  const files = await Promise.all(paths.map(async (path) => ({ path, bytes: await readFile(path) })));
  const faults: DataFault[] = files.flatMap(({ path, bytes }) => lengthFaults(path, bytes.length));
  const count = files.reduce((sum, { bytes }) => sum + Math.floor(bytes.length / recordBytes), 0);
  const part = { image, count, images: new Uint8Array(count * 3 * pixels), labels: new Int32Array(count) };
  let first = 0;
  for (const { path, bytes } of files) {
    const records = Math.floor(bytes.length / recordBytes);
    faults.push(...copyRecords(bytes, records, part, first, path));
    first += records;
  }
  return { part, faults };
}

function lengthFaults(path: string, length: number): DataFault[] {
  if (length > 0 && length % recordBytes === 0) return [];
  return [
    {
      code: 'truncated',
      field: path,
      found: `${length} bytes (${Math.floor(length / recordBytes)} records and ${length % recordBytes} bytes)`,
      allowed: `a whole number of records of ${recordBytes} bytes, at least one`,
    },
  ];
}

/** Turns planar records into interleaved pixels; returns the first label out of range, if any. */
function copyRecords(bytes: Uint8Array, records: number, part: DatasetPart, first: number, path: string): DataFault[] {
  const { images, labels } = part;
  let fault: DataFault | undefined;
  for (let r = 0; r < records; r++) {
    const start = r * recordBytes;
    const label = bytes[start] ?? 0;
    if (label >= cifar10Classes.length) {
      fault ??= { code: 'label_out_of_range', field: path, found: `label ${label} at record ${r}`, allowed: '0 to 9' };
    }
    labels[first + r] = label;
    let out = (first + r) * 3 * pixels;
    for (let p = start + 1; p <= start + pixels; p++) {
      images[out++] = bytes[p] ?? 0;
      images[out++] = bytes[p + pixels] ?? 0;
      images[out++] = bytes[p + 2 * pixels] ?? 0;
    }
  }
  return fault ? [fault] : [];
}

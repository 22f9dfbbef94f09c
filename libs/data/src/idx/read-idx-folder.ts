import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { constants, gunzipSync } from 'node:zlib';
import type { DatasetContent, DatasetPart, ImageShape } from '../dataset.js';
import { DataError, type DataFault, throwFaults } from '../error.js';
import { type IdxArray, parseIdx } from './parse-idx.js';

const prefixes = { train: 'train', test: 't10k' } as const;

/**
 * The file of an IDX folder that holds `prefix-kind`, plain or compressed; undefined when there is
 * none.
 */
export function idxFile(directory: string, prefix: string, kind: 'images' | 'labels'): string | undefined {
  const stem = kind === 'images' ? 'images-idx3-ubyte' : 'labels-idx1-ubyte';
  const names = [`${prefix}-${stem}`, `${prefix}-${stem}.gz`, `${prefix}-${stem.replace('-idx', '.idx')}`];
  return names.map((name) => join(directory, name)).find((path) => existsSync(path));
}

/** Whether a directory holds any file of an MNIST-like data set. */
export function isIdxFolder(directory: string): boolean {
  const kinds = ['images', 'labels'] as const;
  return Object.values(prefixes).some((prefix) => kinds.some((kind) => idxFile(directory, prefix, kind) !== undefined));
}

/**
 * Reads the four files of an MNIST-like folder (`train-` and `t10k-`, `images-idx3-ubyte` and
 * `labels-idx1-ubyte`, each plain or `.gz`). Without `classes`, the classes are numbered 0 to the
 * largest training label.
 */
export async function readIdxFolder(
  directory: string,
  name: string,
  classes?: readonly string[],
): Promise<DatasetContent> {
  const train = await readPart(directory, prefixes.train);
  const test = await readPart(directory, prefixes.test);
  const largest = train.part.labels.reduce((a, b) => Math.max(a, b), 0);
  const names = classes ?? Array.from({ length: largest + 1 }, (_, i) => String(i));
  throwFaults([
    ...sizeFaults(train, test),
    ...[train, test].flatMap(({ part, labelPath }) => labelFaults(part, labelPath, names.length)),
  ]);
  return { name, image: train.part.image, classes: names, train: train.part, test: test.part, source: directory };
}

interface ReadPart {
  readonly part: DatasetPart;
  readonly imagePath: string;
  readonly labelPath: string;
}

async function readPart(directory: string, prefix: string): Promise<ReadPart> {
  const imagePath = requiredFile(directory, prefix, 'images');
  const labelPath = requiredFile(directory, prefix, 'labels');
  const images = await readIdx(imagePath, [3, 4]);
  const labels = await readIdx(labelPath, [1]);
  const [count = 0, height = 0, width = 0, channels = 1] = images.sizes;
  const image: ImageShape = { height, width, channels };
  if (count === 0 || height * width * channels === 0) {
    throw new DataError({
      code: 'wrong_format',
      field: imagePath,
      found: `sizes ${images.sizes.join('×')}`,
      allowed: 'at least one image of at least one pixel',
    });
  }
  if (labels.values.length !== count) {
    throw new DataError({
      code: 'count_mismatch',
      field: labelPath,
      found: `${labels.values.length} labels`,
      allowed: `${count}, one per image of ${imagePath}`,
    });
  }
  return {
    part: { image, count, images: images.values, labels: Int32Array.from(labels.values) },
    imagePath,
    labelPath,
  };
}

function requiredFile(directory: string, prefix: string, kind: 'images' | 'labels'): string {
  const path = idxFile(directory, prefix, kind);
  if (path) return path;
  const stem = kind === 'images' ? 'images-idx3-ubyte' : 'labels-idx1-ubyte';
  throw new DataError({
    code: 'not_found',
    field: join(directory, `${prefix}-${stem}`),
    found: 'no such file, plain or .gz',
    allowed: 'an IDX folder holds train- and t10k- images and labels',
  });
}

async function readIdx(path: string, dimensions: readonly number[]): Promise<IdxArray> {
  const bytes = await readFile(path);
  return path.endsWith('.gz') ? parseCompressed(bytes, path, dimensions) : parseIdx(bytes, path, dimensions);
}

function parseCompressed(bytes: Uint8Array, path: string, dimensions: readonly number[]): IdxArray {
  let reason: string;
  try {
    return parseIdx(gunzipSync(bytes), path, dimensions);
  } catch (cause) {
    if (cause instanceof DataError) throw cause;
    reason = cause instanceof Error ? cause.message : String(cause);
  }
  // What a cut-off file still holds tells how many bytes are missing: parseIdx says so.
  if (reason === 'unexpected end of file') {
    parseIdx(gunzipSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH }), path, dimensions);
  }
  throw new DataError({
    code: 'wrong_format',
    field: path,
    found: `${bytes.byteLength} bytes that do not decompress (${reason})`,
    allowed: 'a whole gzip file',
  });
}

function sizeFaults(train: ReadPart, test: ReadPart): DataFault[] {
  const [a, b] = [train.part.image, test.part.image].map((s) => `${s.height}×${s.width}×${s.channels}`);
  if (a === b) return [];
  return [
    { code: 'mixed_sizes', field: test.imagePath, found: `images of ${b}`, allowed: `${a}, as in ${train.imagePath}` },
  ];
}

/** The first label of a part that no class answers to, if any. */
export function labelFaults(part: DatasetPart, path: string, classes: number): DataFault[] {
  const at = part.labels.findIndex((label) => label < 0 || label >= classes);
  if (at < 0) return [];
  return [
    {
      code: 'label_out_of_range',
      field: path,
      found: `label ${part.labels[at]} at image ${at}`,
      allowed: `0 to ${classes - 1}`,
    },
  ];
}

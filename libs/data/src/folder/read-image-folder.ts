import sharp from 'sharp';
import type { DatasetContent, DatasetPart, ImageShape } from '../dataset.js';
import { DataError, type DataFault, throwFaults } from '../error.js';
import { type LabelledFile, listImageFolder } from './list-images.js';

/** Height and width in pixels that every image of a folder is brought to; `native` demands that all have one size already. */
export type ImageSize = number | 'native';

const defaultSize = 32;
const largestNative = 64;
/** Files read at the same time. */
const lanes = 8;

/**
 * Reads a folder of images (PNG, JPEG, WebP). Images are turned upright by their EXIF orientation, transparency is laid on white, and each
 * is scaled to cover the size and cropped at its centre. Default size: the images' own when all share one of at most 64×64, else 32×32.
 * One channel when every image is grey, else three.
 */
export async function readImageFolder(directory: string, name: string, size?: ImageSize): Promise<DatasetContent> {
  const listing = listImageFolder(directory);
  const headers = await readAll([...listing.train, ...listing.test], (file) => readHeader(file.path));
  const image = commonShape(headers, size);
  const read = async (files: readonly LabelledFile[]): Promise<DatasetPart> => {
    const images = new Uint8Array(files.length * image.height * image.width * image.channels);
    await readAll(files, async (file, i) => {
      const pixels = await readPixels(file.path, image);
      images.set(pixels, i * pixels.length);
    });
    return { image, count: files.length, images, labels: Int32Array.from(files, (file) => file.label) };
  };
  const train = await read(listing.train);
  const test = await read(listing.test);
  return { name, image, classes: listing.classes, train, test, source: `${directory} (${listing.split})` };
}

interface Header {
  readonly path: string;
  readonly height: number;
  readonly width: number;
  readonly grey: boolean;
}

async function readHeader(path: string): Promise<Header> {
  const metadata = await sharp(path).metadata();
  const { height, width } = metadata.autoOrient;
  return { path, height, width, grey: metadata.space === 'b-w' || metadata.space === 'grey16' };
}

function commonShape(headers: readonly Header[], size: ImageSize | undefined): ImageShape {
  const channels = headers.every((header) => header.grey) ? 1 : 3;
  if (typeof size === 'number') return { height: size, width: size, channels };
  const [first] = headers;
  const other = headers.find((header) => header.height !== first?.height || header.width !== first.width);
  if (first && !other && (size === 'native' || Math.max(first.height, first.width) <= largestNative)) {
    return { height: first.height, width: first.width, channels };
  }
  if (size === 'native' && first && other) {
    throw new DataError({
      code: 'mixed_sizes',
      field: other.path,
      found: `${other.height}×${other.width}`,
      allowed: `${first.height}×${first.width}, as ${first.path}; or name an image size to scale all to`,
    });
  }
  return { height: defaultSize, width: defaultSize, channels };
}

function readPixels(path: string, image: ImageShape): Promise<Uint8Array> {
  return sharp(path)
    .autoOrient()
    .flatten({ background: 'white' })
    .resize(image.width, image.height, { fit: 'cover' })
    .toColourspace(image.channels === 1 ? 'b-w' : 'srgb')
    .raw()
    .toBuffer();
}

/** Reads all files, a few at a time, and keeps their order. Throws one DataError that names every file that cannot be read. */
async function readAll<R>(
  files: readonly LabelledFile[],
  work: (file: LabelledFile, index: number) => Promise<R>,
): Promise<R[]> {
  const results: (R | undefined)[] = new Array(files.length);
  const faults: (DataFault | undefined)[] = new Array(files.length);
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let i = next++; i < files.length; i = next++) {
      const file = files[i];
      if (file === undefined) continue;
      try {
        results[i] = await work(file, i);
      } catch (cause) {
        faults[i] = unreadable(file.path, cause);
      }
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  throwFaults(faults.filter((fault) => fault !== undefined));
  return results as R[];
}

function unreadable(path: string, cause: unknown): DataFault {
  return {
    code: 'unreadable_image',
    field: path,
    found: cause instanceof Error ? cause.message.trim().replaceAll('\n', ' ') : String(cause),
    allowed: 'a whole PNG, JPEG or WebP image',
  };
}

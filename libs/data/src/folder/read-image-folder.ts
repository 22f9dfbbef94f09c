import sharp from 'sharp';
import type { DatasetContent, DatasetPart, ImageShape } from '../dataset.js';
import { type DataFault, throwFaults } from '../error.js';
import { type LabelledFile, listImageFolder } from './list-images.js';

/** Height and width in pixels that every image of a folder is brought to; `native` demands that all have one size already. */
export type ImageSize = number | 'native';

const defaultSize = 32;
const largestNative = 64;

/**
 * Reads a folder of images (PNG, JPEG, WebP). Images are turned upright by their EXIF orientation, transparency is laid on white, and each
 * is scaled to cover the size and cropped at its centre. Default size: the images' own when all share one of at most 64×64, else 32×32.
 * One channel when every image is grey, else three.
 */
export async function readImageFolder(directory: string, name: string, size?: ImageSize): Promise<DatasetContent> {
  const listing = listImageFolder(directory);
  const files = [...listing.train, ...listing.test];
  const faults: DataFault[] = [];
  const headers = await inParallel(files, (file) => readHeader(file.path, faults));
  throwFaults(faults);
  const image = commonShape(headers, size, faults);
  throwFaults(faults);
  const read = async (part: readonly LabelledFile[]): Promise<DatasetPart> => {
    const bytes = image.height * image.width * image.channels;
    const images = new Uint8Array(part.length * bytes);
    await inParallel(part, async (file, i) => {
      const pixels = await readPixels(file.path, image, faults);
      if (pixels) images.set(pixels, i * bytes);
    });
    return { image, count: part.length, images, labels: Int32Array.from(part, (file) => file.label) };
  };
  const train = await read(listing.train);
  const test = await read(listing.test);
  throwFaults(faults);
  return { name, image, classes: listing.classes, train, test, source: `${directory} (${listing.split})` };
}

interface Header {
  readonly path: string;
  readonly height: number;
  readonly width: number;
  readonly grey: boolean;
}

async function readHeader(path: string, faults: DataFault[]): Promise<Header | undefined> {
  try {
    const metadata = await sharp(path).metadata();
    const { height, width } = metadata.autoOrient;
    return { path, height, width, grey: metadata.space === 'b-w' || metadata.space === 'grey16' };
  } catch (cause) {
    faults.push(unreadable(path, cause));
    return undefined;
  }
}

function commonShape(
  headers: readonly (Header | undefined)[],
  size: ImageSize | undefined,
  faults: DataFault[],
): ImageShape {
  const known = headers.filter((header) => header !== undefined);
  const channels = known.every((header) => header.grey) ? 1 : 3;
  const [first] = known;
  const other = known.find((header) => header.height !== first?.height || header.width !== first.width);
  if (typeof size === 'number') return { height: size, width: size, channels };
  if (first && !other && (size === 'native' || Math.max(first.height, first.width) <= largestNative)) {
    return { height: first.height, width: first.width, channels };
  }
  if (size === 'native' && first && other) {
    faults.push({
      code: 'mixed_sizes',
      field: other.path,
      found: `${other.height}×${other.width}`,
      allowed: `${first.height}×${first.width}, as ${first.path}; or name an image size to scale all to`,
    });
  }
  return { height: defaultSize, width: defaultSize, channels };
}

async function readPixels(path: string, image: ImageShape, faults: DataFault[]): Promise<Uint8Array | undefined> {
  try {
    return await sharp(path)
      .autoOrient()
      .flatten({ background: 'white' })
      .resize(image.width, image.height, { fit: 'cover' })
      .toColourspace(image.channels === 1 ? 'b-w' : 'srgb')
      .raw()
      .toBuffer();
  } catch (cause) {
    faults.push(unreadable(path, cause));
    return undefined;
  }
}

function unreadable(path: string, cause: unknown): DataFault {
  return {
    code: 'unreadable_image',
    field: path,
    found: cause instanceof Error ? cause.message.trim().replaceAll('\n', ' ') : String(cause),
    allowed: 'a whole PNG, JPEG or WebP image',
  };
}

/** Runs `work` over all items, a few at a time, and keeps their order. */
async function inParallel<T, R>(items: readonly T[], work: (item: T, index: number) => Promise<R>): Promise<R[]> {
  const results: R[] = new Array(items.length);
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let i = next++; i < items.length; i = next++) {
      const item = items[i];
      if (item !== undefined) results[i] = await work(item, i);
    }
  };
  await Promise.all(Array.from({ length: 8 }, lane));
  return results;
}

import type { DatasetContent, DatasetPart } from '../dataset.js';
import { type DataFault, throwFaults } from '../error.js';
import { type CommonShape, commonShape, type SizeCount } from './common-shape.js';
import { type ImageHeader, readHeader, readPixels } from './image-pixels.js';
import { checkImageSize, type ImageRule } from './image-rule.js';
import { imageKinds, type LabelledFile, listImageFolder } from './list-images.js';

/** Files read at the same time. */
const lanes = 8;

/**
 * Reads a folder of images whole: upright by their EXIF orientation, transparency laid on white,
 * all of one shape by `commonShape` or as the rule says. One channel when every image is grey, else
 * three. Throws DataError with every file that is no whole image, unless those are to be left out.
 *
 * @param leftOut files known to be unreadable
 */
export async function readImageFolder(
  directory: string,
  name: string,
  rule: ImageRule = {},
  leftOut: ReadonlySet<string> = new Set(),
): Promise<DatasetContent> {
  checkImageSize(rule.imageSize);
  const listing = listImageFolder(directory, leftOut);
  const files = [...listing.train, ...listing.test];
  const headers = await readAll(files, async ({ path }) => readHeader(path));
  const known = [...headers.results.values()];
  if (known.length === 0) throwFaults(headers.faults);
  const sizes = countSizes(known);
  const shape = commonShape(sizes, rule.imageSize);
  const { resize = 'crop', enlarge = rule.imageSize !== undefined } = rule;
  const grey = known.every((header) => header.grey);
  const channels = rule.channels ?? (grey ? 1 : 3);
  const image = { height: shape.height, width: shape.width, channels };
  const blank = (part: readonly LabelledFile[]): DatasetPart => ({
    image,
    count: part.length,
    images: new Uint8Array(part.length * image.height * image.width * channels),
    labels: Int32Array.from(part, ({ label }) => label),
  });
  const parts = { train: blank(listing.train), test: blank(listing.test) };
  const places = [
    ...listing.train.map((file, i) => ({ ...file, into: parts.train.images, i })),
    ...listing.test.map((file, i) => ({ ...file, into: parts.test.images, i })),
  ].filter(({ path }) => headers.results.has(path));
  const { faults: damaged } = await readAll(places, async ({ path, into, i }) => {
    const header = headers.results.get(path);
    if (header === undefined) return;
    const pixels = await readPixels(path, header, { ...image, resize, enlarge });
    into.set(pixels, i * pixels.length);
  });
  const faults = [...headers.faults, ...damaged];
  if (faults.length > 0) {
    if (rule.skipUnreadable !== true) throwFaults(faults);
    // The test part is drawn anew from what is left, so that no class loses the few images it has
    // there.
    return readImageFolder(directory, name, rule, new Set([...leftOut, ...faults.map(({ field }) => field)]));
  }
  return {
    name,
    image,
    classes: listing.classes,
    ...parts,
    source: `${directory} (${listing.split})`,
    folder: {
      sizes,
      grey,
      shape: shapeText(shape, sizes, resize),
      rule: { resize, enlarge },
      ignored: listing.ignored,
      unreadable: [...leftOut].sort(),
    },
  };
}

function countSizes(headers: readonly ImageHeader[]): SizeCount[] {
  const counts = new Map<string, SizeCount>();
  for (const { height, width } of headers) {
    const key = `${height}×${width}`;
    counts.set(key, { height, width, images: (counts.get(key)?.images ?? 0) + 1 });
  }
  return [...counts.values()].sort((a, b) => b.images - a.images || a.height - b.height || a.width - b.width);
}

const resizeText = {
  crop: 'scaled in their proportions and cropped at the centre',
  pad: 'scaled in their proportions, their edges extended',
  stretch: 'stretched',
};

function shapeText(
  { height, width, reason }: CommonShape,
  sizes: readonly SizeCount[],
  resize: keyof typeof resizeText,
) {
  const settled = `${height}×${width}, as ${reason}`;
  const others = sizes.some((size) => size.height !== height || size.width !== width);
  return others ? `${settled}; others are ${resizeText[resize]}` : settled;
}

/**
 * Reads all files, a few at a time: what was made of each by its path, and a fault for every file
 * that cannot be read, in order.
 */
async function readAll<F extends LabelledFile, R>(
  files: readonly F[],
  work: (file: F) => Promise<R>,
): Promise<{ readonly results: ReadonlyMap<string, R>; readonly faults: readonly DataFault[] }> {
  const results = new Map<string, R>();
  const faults: (DataFault | undefined)[] = new Array(files.length);
  const queue = files.entries();
  const lane = async (): Promise<void> => {
    for (const [i, file] of queue) {
      try {
        results.set(file.path, await work(file));
      } catch (cause) {
        faults[i] = unreadable(file.path, cause);
      }
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return { results, faults: faults.filter((fault) => fault !== undefined) };
}

/**
 * What the decoder says, in a line; of pixels that do not decode it tells nothing but that it was
 * told to mind.
 */
function reasonOf(cause: unknown): string {
  const reason = cause instanceof Error ? cause.message.trim().replaceAll('\n', ' ') : String(cause);
  return reason.includes('failOn') ? 'an image that is cut off or damaged' : reason;
}

function unreadable(path: string, cause: unknown): DataFault {
  return {
    code: 'unreadable_image',
    field: path,
    found: reasonOf(cause),
    allowed: `a whole ${imageKinds} image; or leave such files out (--skip-unreadable)`,
  };
}

import type { DatasetContent, DatasetPart, FolderSummary } from '../dataset.js';
import { type DataFault, throwFaults } from '../error.js';
import { type CommonShape, commonShape, type SizeCount } from './common-shape.js';
import { type ImageHeader, readHeader, readPixels, type TargetShape } from './image-pixels.js';
import { checkImageSize, type ImageRule } from './image-rule.js';
import { imageKinds, type LabelledFile, listImageFolder } from './list-images.js';

/** Files read at the same time. */
const lanes = 8;

/** A folder's images by their headers: everything but the pixels. */
export interface FolderSurvey {
  readonly classes: readonly string[];
  readonly train: readonly HeadedFile[];
  readonly test: readonly HeadedFile[];
  readonly target: TargetShape;
  readonly source: string;
  readonly summary: FolderSummary;
}

/** A file whose header could be read. */
export interface HeadedFile extends LabelledFile {
  readonly header: ImageHeader;
}

/**
 * Reads the headers of a folder of images and settles the shape that all are brought to. Throws DataError with every file that is no image,
 * unless those are to be left out.
 *
 * @param leftOut files known to be unreadable
 */
export async function surveyImageFolder(
  directory: string,
  rule: ImageRule = {},
  leftOut: ReadonlySet<string> = new Set(),
): Promise<FolderSurvey> {
  checkImageSize(rule.imageSize);
  const listing = listImageFolder(directory, leftOut);
  const files = [...listing.train, ...listing.test];
  const read = await readAll(files, async (file) => ({ ...file, header: await readHeader(file.path) }), rule);
  // The test part is drawn anew from what is left, so that no class loses the few images it has there.
  if (read.unreadable.length > 0) return surveyImageFolder(directory, rule, union(leftOut, read.unreadable));
  const headers = read.results.map(({ header }) => header);
  const sizes = countSizes(headers);
  const shape = commonShape(sizes, rule.imageSize);
  const channels = rule.channels ?? (headers.every((header) => header.grey) ? 1 : 3);
  const { height, width } = shape;
  const { resize = 'crop', enlarge = rule.imageSize !== undefined } = rule;
  return {
    classes: listing.classes,
    train: read.results.slice(0, listing.train.length),
    test: read.results.slice(listing.train.length),
    target: { height, width, channels, resize, enlarge },
    source: `${directory} (${listing.split})`,
    summary: {
      sizes,
      shape: shapeText(shape, sizes, resize),
      rule: { resize, enlarge },
      ignored: listing.ignored,
      unreadable: [...leftOut].sort(),
    },
  };
}

/**
 * Reads a folder of images whole: upright by their EXIF orientation, transparency laid on white, all of one shape by `commonShape` or as the
 * rule says. One channel when every image is grey, else three. Throws DataError as `surveyImageFolder`.
 */
export async function readImageFolder(
  directory: string,
  name: string,
  rule: ImageRule = {},
  leftOut: ReadonlySet<string> = new Set(),
): Promise<DatasetContent> {
  const { classes, train, test, target, source, summary } = await surveyImageFolder(directory, rule, leftOut);
  const { height, width, channels } = target;
  const image = { height, width, channels };
  const blank = (files: readonly HeadedFile[]): DatasetPart => ({
    image,
    count: files.length,
    images: new Uint8Array(files.length * height * width * channels),
    labels: Int32Array.from(files, ({ label }) => label),
  });
  const parts = { train: blank(train), test: blank(test) };
  const places = [
    ...train.map((file, i) => ({ ...file, into: parts.train.images, i })),
    ...test.map((file, i) => ({ ...file, into: parts.test.images, i })),
  ];
  const fill = async ({ path, header, into, i }: (typeof places)[number]) => {
    const pixels = await readPixels(path, header, target);
    into.set(pixels, i * pixels.length);
  };
  const { unreadable } = await readAll(places, fill, rule);
  if (unreadable.length > 0) {
    return readImageFolder(directory, name, rule, union(new Set(summary.unreadable), unreadable));
  }
  return { name, image, classes, ...parts, source, folder: summary };
}

function union(known: ReadonlySet<string>, more: readonly string[]): ReadonlySet<string> {
  return new Set([...known, ...more]);
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
 * Reads all files, a few at a time, and keeps their order. Throws one DataError that names every file that cannot be read; where such files are to
 * be left out, gives them back instead.
 */
async function readAll<F extends LabelledFile, R>(
  files: readonly F[],
  work: (file: F) => Promise<R>,
  { skipUnreadable }: ImageRule,
): Promise<{ readonly results: readonly R[]; readonly unreadable: readonly string[] }> {
  const results: R[] = new Array(files.length);
  const faults: (DataFault | undefined)[] = new Array(files.length);
  const queue = files.entries();
  const lane = async (): Promise<void> => {
    for (const [i, file] of queue) {
      try {
        results[i] = await work(file);
      } catch (cause) {
        faults[i] = unreadable(file.path, cause);
      }
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  const found = faults.filter((fault) => fault !== undefined);
  if (skipUnreadable !== true) throwFaults(found);
  return { results, unreadable: found.map(({ field }) => field) };
}

function unreadable(path: string, cause: unknown): DataFault {
  return {
    code: 'unreadable_image',
    field: path,
    found: cause instanceof Error ? cause.message.trim().replaceAll('\n', ' ') : String(cause),
    allowed: `a whole ${imageKinds} image; or leave such files out (--skip-unreadable)`,
  };
}

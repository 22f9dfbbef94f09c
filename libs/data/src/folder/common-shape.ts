import { DataError } from '../error.js';
import { type ImageSize, sidesOf } from './image-rule.js';

/** How many images of a folder have one size. */
export interface SizeCount {
  readonly height: number;
  readonly width: number;
  readonly images: number;
}

/** The size that all images are brought to, and why. */
export interface CommonShape {
  readonly height: number;
  readonly width: number;
  /** In words, after "as": `all images are`. */
  readonly reason: string;
}

/** Sides up to this are kept as they are. */
const largestKept = 64;
/** No side is made smaller than this: networks halve their maps several times. */
const smallestSide = 16;
/**
 * Longer side of images that are made smaller, by their number: the fewer, the more pixels can be
 * afforded for each.
 */
const budgets = [
  { images: 4096, side: 64 },
  { images: 8192, side: 48 },
  { images: Number.POSITIVE_INFINITY, side: 32 },
];

/**
 * The size that images of several sizes are brought to when none is asked for. The size that at
 * least half of them have, else the median of their heights and of their widths, so that no more
 * than half of the images are smaller. If its longer side is above 64 pixels, it is made smaller in
 * its own proportions: to a longer side of 64 for up to 4,096 images, of 48 for up to 8,192, of 32
 * for more, in multiples of four. Never larger. Throws DataError `mixed_sizes` for `native` where
 * sizes differ.
 *
 * @param sizes at least one
 */
export function commonShape(sizes: readonly SizeCount[], asked: ImageSize | undefined): CommonShape {
  if (asked !== undefined && asked !== 'native') {
    const [height, width] = sidesOf(asked);
    return { height, width, reason: 'asked for' };
  }
  const total = sizes.reduce((sum, { images }) => sum + images, 0);
  const most = sizes.reduce((best, each) => (each.images > best.images ? each : best));
  if (asked === 'native') return onlySize(sizes);
  const usual =
    2 * most.images >= total
      ? { ...most, reason: sizes.length === 1 ? 'all images are' : `${most.images} of ${total} images are` }
      : {
          height: median(sizes, ({ height }) => height),
          width: median(sizes, ({ width }) => width),
          reason: 'the median of heights and of widths is',
        };
  const { height, width, reason } = usual;
  const longer = Math.max(height, width);
  if (longer <= largestKept) return { height, width, reason };
  const side = budgets.find(({ images }) => total <= images)?.side ?? largestKept;
  const scaled = (length: number) =>
    Math.min(length, Math.max(smallestSide, 4 * Math.round((length * side) / longer / 4)));
  return {
    height: scaled(height),
    width: scaled(width),
    reason: `${reason} ${height}×${width}, made smaller for ${total} images`,
  };
}

/**
 * The value that at least half of the images reach and at least half do not exceed; the lower one
 * of two.
 */
function median(sizes: readonly SizeCount[], sideOf: (size: SizeCount) => number): number {
  const sorted = [...sizes].sort((a, b) => sideOf(a) - sideOf(b));
  const half = sorted.reduce((sum, { images }) => sum + images, 0) / 2;
  let seen = 0;
  for (const size of sorted) {
    seen += size.images;
    if (seen >= half) return sideOf(size);
  }
  return 0;
}

function onlySize(sizes: readonly SizeCount[]): CommonShape {
  const [first, other] = sizes;
  if (first === undefined || other !== undefined) {
    throw new DataError({
      code: 'mixed_sizes',
      field: 'imageSize',
      found: `images of ${sizes.length} sizes, such as ${sizes
        .slice(0, 3)
        .map(({ height, width }) => `${height}×${width}`)
        .join(', ')}`,
      allowed: 'images of one size; or name an image size to scale all to',
    });
  }
  return { height: first.height, width: first.width, reason: 'all images are' };
}

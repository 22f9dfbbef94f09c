import { type DataFault, throwFaults } from '../error.js';

/**
 * Pixels that every image of a folder is brought to: a side of squares, or height and width.
 * `native` demands that all images have one size already.
 */
export type ImageSize = number | readonly [height: number, width: number] | 'native';

/**
 * How an image of another size is brought to the common one. `crop` keeps the proportions and cuts
 * off what stands over, `pad` keeps the proportions and the whole image and fills the rest with its
 * edge, `stretch` changes the proportions.
 */
export type Resize = (typeof resizes)[number];

export const resizes = ['crop', 'pad', 'stretch'] as const;

/**
 * How the images of a folder become pixels of one shape. What is left out follows from the images,
 * by `commonShape`.
 */
export interface ImageRule {
  /** Default: by the images. */
  readonly imageSize?: ImageSize;
  /** Default `crop`. */
  readonly resize?: Resize;
  /**
   * Whether images smaller than the size are enlarged; else they stand in the middle and their edge
   * goes on to the border. Default: where a size is given.
   */
  readonly enlarge?: boolean;
  /** Default: one if every image is grey, else three. */
  readonly channels?: 1 | 3;
  /** Whether files that are no whole image are left out instead of refused. Default false. */
  readonly skipUnreadable?: boolean;
}

const smallest = 8;
const largest = 1024;

/** Throws DataError `invalid_argument` with every side that is out of range. */
export function checkImageSize(size: ImageSize | undefined): void {
  if (size === undefined || size === 'native') return;
  const outside = sidesOf(size).filter((side) => !(Number.isInteger(side) && side >= smallest && side <= largest));
  throwFaults(
    outside.map(
      (side): DataFault => ({
        code: 'invalid_argument',
        field: 'imageSize',
        found: String(side),
        allowed: `a whole number from ${smallest} to ${largest}`,
      }),
    ),
  );
}

/** Height and width of a size that is given in numbers. */
export function sidesOf(size: number | readonly [number, number]): readonly [height: number, width: number] {
  return typeof size === 'number' ? [size, size] : size;
}

/** An image rule as specs have it, among other fields. */
export type WrittenImageRule = { readonly [Field in keyof ImageRule]?: ImageRule[Field] | undefined };

/** The image rule of a spec's part, without the fields that are not written. */
export function imageRuleOf(part: WrittenImageRule): ImageRule {
  const { imageSize, resize, enlarge, channels, skipUnreadable } = part;
  const rule = { imageSize, resize, enlarge, channels, skipUnreadable };
  return Object.fromEntries(Object.entries(rule).filter(([, value]) => value !== undefined));
}

/**
 * The image rule among the fields of something that has not been read yet; fields of another form
 * are passed over.
 */
export function writtenImageRule(data: unknown): ImageRule {
  const { imageSize, resize, enlarge, channels, skipUnreadable } = isRecord(data) ? data : {};
  return imageRuleOf({
    imageSize: isImageSize(imageSize) ? imageSize : undefined,
    resize: resizes.find((each) => each === resize),
    enlarge: typeof enlarge === 'boolean' ? enlarge : undefined,
    channels: channels === 1 || channels === 3 ? channels : undefined,
    skipUnreadable: typeof skipUnreadable === 'boolean' ? skipUnreadable : undefined,
  });
}

function isImageSize(value: unknown): value is ImageSize {
  if (typeof value === 'number' || value === 'native') return true;
  return Array.isArray(value) && value.length === 2 && value.every((side) => typeof side === 'number');
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

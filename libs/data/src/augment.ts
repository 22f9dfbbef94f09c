import type { RandomStream } from '@oneshot/engine';

/** Random changes to training images, each drawn per image. Absent means off. */
export interface Augmentation {
  /**
   * Zero padding in pixels around the image (raw value 0, as torchvision pads before normalising),
   * then a random crop of its own size.
   */
  readonly crop?: number;
  /** Mirror left and right with probability ½. */
  readonly flip?: boolean;
  /**
   * Side in pixels of a square set to zero after normalisation, centred anywhere in the image
   * (DeVries & Taylor 2017); clipped at borders.
   */
  readonly cutout?: number;
}

/** The changes to one image. */
export interface Change {
  /** Shift of the crop against the image, rows and columns. */
  readonly down: number;
  readonly right: number;
  readonly mirrored: boolean;
  /** Rows and columns `[from, to)` set to zero. */
  readonly cutout?: { readonly top: number; readonly bottom: number; readonly left: number; readonly right: number };
}

/** Random values drawn per image: crop row, crop column, flip, cutout row, cutout column. */
const drawsPerImage = 5;

/**
 * The changes for one batch; every image takes the same number of draws, whichever changes are on.
 */
export function drawChanges(
  stream: RandomStream,
  count: number,
  height: number,
  width: number,
  augment: Augmentation,
): Change[] {
  const draws = stream.uniform(count * drawsPerImage);
  const padding = augment.crop ?? 0;
  const half = (augment.cutout ?? 0) / 2;
  return Array.from({ length: count }, (_, i) => {
    const draw = (k: number): number => draws[i * drawsPerImage + k] ?? 0;
    const change: Change = {
      down: below(draw(0), 2 * padding + 1) - padding,
      right: below(draw(1), 2 * padding + 1) - padding,
      mirrored: augment.flip === true && draw(2) < 0.5,
    };
    if (half <= 0) return change;
    const row = below(draw(3), height);
    const column = below(draw(4), width);
    return {
      ...change,
      cutout: {
        top: Math.max(0, Math.floor(row - half)),
        bottom: Math.min(height, Math.floor(row + half)),
        left: Math.max(0, Math.floor(column - half)),
        right: Math.min(width, Math.floor(column + half)),
      },
    };
  });
}

function below(uniform: number, limit: number): number {
  return Math.min(limit - 1, Math.floor(uniform * limit));
}

import { randomStream } from '@oneshot/engine';
import { indicesDigest } from './digest.js';
import { DataError } from './error.js';

/**
 * The training part of a data set, divided: weights learn from one share, architecture parameters
 * from the other.
 */
export interface Split {
  readonly train: Uint32Array;
  readonly validation: Uint32Array;
  /** sha256 over both lists of indices, in order (hex). */
  readonly digest: string;
}

export interface SplitOptions {
  readonly seed: number | bigint;
  /**
   * Share that goes to `train`, above 0 and below 1. Default 0.5, as DARTS (Liu et al. 2019,
   * section 3.1).
   */
  readonly fraction?: number;
}

/**
 * Divides images by a random permutation; the same seed gives the same split.
 *
 * @param images how many, or the indices of those to divide
 */
export function splitHalf(images: number | Uint32Array, options: SplitOptions): Split {
  const count = typeof images === 'number' ? images : images.length;
  const fraction = options.fraction ?? 0.5;
  const share = Math.floor(count * fraction);
  if (!(fraction > 0 && fraction < 1) || share < 1 || share >= count) {
    throw new DataError({
      code: 'invalid_argument',
      field: 'fraction',
      found: `${fraction} of ${count} images`,
      allowed: 'above 0 and below 1, with at least one image on either side',
    });
  }
  const permutation = randomStream(options.seed, 'split').permutation(count);
  const order = typeof images === 'number' ? permutation : permutation.map((position) => images[position] ?? 0);
  const train = order.slice(0, share);
  const validation = order.slice(share);
  return { train, validation, digest: indicesDigest(train, validation) };
}

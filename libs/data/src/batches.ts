import { randomStream } from '@oneshot/engine';
import { type Augmentation, type Change, drawChanges } from './augment.js';
import { copyChanged } from './copy-changed.js';
import type { DatasetPart } from './dataset.js';
import { DataError, type DataFault, throwFaults } from './error.js';

export interface BatchesOptions {
  readonly part: DatasetPart;
  /** Images to draw from. Default: all of the part. */
  readonly indices?: Uint32Array;
  /**
   * Images per batch at most: an epoch's images are shared out evenly over as few batches as that
   * allows, so that none is much smaller.
   */
  readonly batch: number;
  readonly seed: number | bigint;
  /**
   * Names this loader among others of the same seed, e.g. `train` and `validation`; each has its
   * own order and augmentation.
   */
  readonly purpose: string;
  /** A new random order every epoch (default), or the order of `indices`. */
  readonly shuffle?: boolean;
  readonly augment?: Augmentation;
  /** Per channel, pixel values scaled to 0–1. */
  readonly mean: readonly number[];
  readonly std: readonly number[];
}

export interface Batch {
  /** Normalised, `(pixel / 255 - mean) / std`, `[count, height, width, channels]`. */
  readonly images: Float32Array;
  /** `[count]`. */
  readonly labels: Int32Array;
  readonly count: number;
}

const noChange: Change = { down: 0, right: 0, mirrored: false };

/**
 * Batches of a part of a data set. `batch(epoch, step)` is a pure function: asking again, in any
 * order, gives the same bits.
 */
export class Batches {
  readonly stepsPerEpoch: number;
  readonly #options: BatchesOptions;
  readonly #indices: Uint32Array;
  /** Normalised value of each channel's 256 pixel values, as the bits of a float32. */
  readonly #table: Int32Array;
  #order: { readonly epoch: number; readonly positions: Uint32Array } | undefined;

  constructor(options: BatchesOptions) {
    const { part, batch } = options;
    this.#options = options;
    this.#indices = options.indices ?? Uint32Array.from({ length: part.count }, (_, i) => i);
    throwFaults(optionFaults(options, this.#indices));
    this.stepsPerEpoch = Math.ceil(this.#indices.length / batch);
    this.#table = new Int32Array(normalisationTable(options.mean, options.std).buffer);
  }

  /** The batch of an epoch and a step, both counted from 0; `step` is below `stepsPerEpoch`. */
  batch(epoch: number, step: number): Batch {
    if (!(Number.isInteger(step) && step >= 0 && step < this.stepsPerEpoch)) {
      throw new DataError({
        code: 'invalid_argument',
        field: 'step',
        found: String(step),
        allowed: `0 to ${this.stepsPerEpoch - 1}`,
      });
    }
    const { part, seed, purpose, augment } = this.#options;
    const { height, width, channels } = part.image;
    const start = (of: number) => Math.floor((of * this.#indices.length) / this.stepsPerEpoch);
    const positions = this.#positions(epoch).subarray(start(step), start(step + 1));
    const count = positions.length;
    const images = new Float32Array(count * height * width * channels);
    const bits = new Int32Array(images.buffer);
    const labels = new Int32Array(count);
    const changes =
      augment && drawChanges(randomStream(seed, 'augment', purpose, epoch, step), count, height, width, augment);
    for (const [i, position] of positions.entries()) {
      const index = this.#indices[position] ?? 0;
      labels[i] = part.labels[index] ?? 0;
      copyChanged(part, index, this.#table, changes?.[i] ?? noChange, bits, i * height * width * channels);
    }
    return { images, labels, count };
  }

  #positions(epoch: number): Uint32Array {
    if (this.#order?.epoch !== epoch) {
      const { seed, purpose, shuffle } = this.#options;
      const count = this.#indices.length;
      const positions =
        shuffle === false
          ? Uint32Array.from({ length: count }, (_, i) => i)
          : randomStream(seed, 'order', purpose, epoch).permutation(count);
      this.#order = { epoch, positions };
    }
    return this.#order.positions;
  }
}

/** Normalised value of every pixel value, `[channels, 256]`. */
function normalisationTable(mean: readonly number[], std: readonly number[]): Float32Array {
  return Float32Array.from({ length: 256 * mean.length }, (_, i) => {
    const channel = Math.floor(i / 256);
    return ((i % 256) / 255 - (mean[channel] ?? 0)) / (std[channel] ?? 1);
  });
}

function optionFaults(options: BatchesOptions, indices: Uint32Array): DataFault[] {
  const { part, batch, mean, std, augment } = options;
  const { height, width, channels } = part.image;
  const faults: DataFault[] = [];
  const refuse = (field: string, found: unknown, allowed: string): void => {
    faults.push({ code: 'invalid_argument', field, found: String(found), allowed });
  };
  if (indices.length === 0) refuse('indices', 'no image', 'at least one');
  const outside = indices.find((index) => index >= part.count);
  if (outside !== undefined) refuse('indices', outside, `0 to ${part.count - 1}`);
  if (!(Number.isInteger(batch) && batch >= 1)) refuse('batch', batch, 'a whole number of at least 1');
  if (mean.length !== channels) refuse('mean', `${mean.length} values`, `${channels}, one per channel`);
  if (std.length !== channels || std.some((value) => !(value > 0))) {
    refuse('std', std.join(', '), `${channels} values above 0, one per channel`);
  }
  const largest = Math.min(height, width);
  for (const field of ['crop', 'cutout'] as const) {
    const value = augment?.[field] ?? 0;
    if (!(Number.isInteger(value) && value >= 0 && value <= largest)) {
      refuse(`augment.${field}`, value, `a whole number from 0 to ${largest}`);
    }
  }
  return faults;
}

import type { SizeCount } from './folder/common-shape.js';
import type { Resize } from './folder/image-rule.js';

/** Height, width and channels of every image of a data set. */
export interface ImageShape {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

/** Images with their labels: the training or the test part of a data set. */
export interface DatasetPart {
  readonly image: ImageShape;
  readonly count: number;
  /** Raw pixel values 0–255, `[count, height, width, channels]`. */
  readonly images: Uint8Array;
  /** Class index per image, `[count]`. */
  readonly labels: Int32Array;
}

/** How a folder of images became a data set. */
export interface FolderSummary {
  /** Sizes of the images as they lie there, upright, the most frequent first. */
  readonly sizes: readonly SizeCount[];
  /** Whether all of them are grey as they lie there. */
  readonly grey: boolean;
  /** The size they were brought to, and why, in words. */
  readonly shape: string;
  /** How images of other sizes were brought to it. */
  readonly rule: { readonly resize: Resize; readonly enlarge: boolean };
  /** Files that were not read, since they are no images of a known kind or lie too deep. */
  readonly ignored: readonly string[];
  /** Files left out, since they are no whole images. */
  readonly unreadable: readonly string[];
}

/** A classification data set, whole in memory. */
export interface Dataset {
  /** The name that opens it. */
  readonly name: string;
  readonly image: ImageShape;
  /** Class names by label. */
  readonly classes: readonly string[];
  readonly train: DatasetPart;
  readonly test: DatasetPart;
  /** Mean per channel over the training part, pixel values scaled to 0–1. */
  readonly mean: readonly number[];
  /**
   * Standard deviation per channel over the training part, pixel values scaled to 0–1; 1 for a
   * constant channel.
   */
  readonly std: readonly number[];
  /** sha256 over shapes, class names, labels and pixels of both parts (hex). */
  readonly digest: string;
  /** Where it was read from, and how it was split when the source has no test part. */
  readonly source: string;
  readonly licence?: string;
  /** Of a folder of images. */
  readonly folder?: FolderSummary;
}

/** What a reader hands over; digest, mean and std are computed from it. */
export type DatasetContent = Omit<Dataset, 'mean' | 'std' | 'digest'>;

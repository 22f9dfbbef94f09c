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
  /** Standard deviation per channel over the training part, pixel values scaled to 0–1; 1 for a constant channel. */
  readonly std: readonly number[];
  /** sha256 over shapes, class names, labels and pixels of both parts (hex). */
  readonly digest: string;
  /** Where it was read from, and how it was split when the source has no test part. */
  readonly source: string;
  readonly licence?: string;
}

/** What a reader hands over; digest, mean and std are computed from it. */
export type DatasetContent = Omit<Dataset, 'mean' | 'std' | 'digest'>;

import { type ClassCount, countPerClass } from './class-counts.js';
import type { Dataset, FolderSummary, ImageShape } from './dataset.js';
import { mirrorKeepsClass } from './mirror.js';

/** What is to be known of a data set before working with it. Plain JSON. */
export interface DatasetSurvey {
  /** sha256 of what it holds (hex). */
  readonly digest: string;
  readonly image: ImageShape;
  readonly train: number;
  readonly test: number;
  readonly classes: readonly ClassCount[];
  /** Whether training images mirrored left to right still look like their class. */
  readonly mirrorKeepsClass: boolean;
  /** Of a folder of images. */
  readonly folder?: FolderSummary;
}

export function surveyOf({ digest, image, classes, train, test, folder }: Dataset): DatasetSurvey {
  return {
    digest,
    image,
    train: train.count,
    test: test.count,
    classes: countPerClass(classes, train.labels, test.labels),
    mirrorKeepsClass: mirrorKeepsClass(train),
    ...(folder === undefined ? {} : { folder }),
  };
}

import { type ClassCount, countPerClass } from './class-counts.js';
import type { Dataset, FolderSummary, ImageShape } from './dataset.js';

/** What is to be known of a data set before working with it. Plain JSON. */
export interface DatasetSurvey {
  /** sha256 of what it holds (hex). */
  readonly digest: string;
  readonly image: ImageShape;
  readonly train: number;
  readonly test: number;
  readonly classes: readonly ClassCount[];
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
    ...(folder === undefined ? {} : { folder }),
  };
}

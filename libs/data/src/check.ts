import { createHash } from 'node:crypto';
import { catalogueEntry } from './catalogue.js';
import { type ClassCount, countPerClass } from './class-counts.js';
import type { Dataset, DatasetPart, FolderSummary, ImageShape } from './dataset.js';
import { DataError, type DataFault } from './error.js';
import { type OpenOptions, openDataset } from './open.js';
import { dataRemarks } from './remarks.js';

/** What a data set holds. */
export interface DatasetContents {
  readonly name: string;
  readonly source: string;
  readonly image: ImageShape;
  readonly train: number;
  readonly test: number;
  readonly classes: readonly ClassCount[];
  readonly mean: readonly number[];
  readonly std: readonly number[];
  readonly digest: string;
  /** Whether the digest is that of the published data set; null when none is on record. */
  readonly published: boolean | null;
  /** Test images that are also, pixel for pixel, in the training part. */
  readonly testImagesInTrain: number;
  readonly licence?: string;
  /** Of a folder of images. */
  readonly folder?: FolderSummary;
}

/** Result of reading a data set whole: its contents, or every reason why it cannot be used. */
export type DatasetCheck =
  | {
      readonly name: string;
      readonly ok: true;
      readonly contents: DatasetContents;
      readonly warnings: readonly string[];
    }
  | { readonly name: string; readonly ok: false; readonly faults: readonly DataFault[] };

/** Reads a data set whole and reports on it. Data at fault is a result, not an exception. */
export async function checkDataset(name: string, options: OpenOptions = {}): Promise<DatasetCheck> {
  try {
    const contents = describe(await openDataset(name, options));
    return { name, ok: true, contents, warnings: warningsOf(contents) };
  } catch (error) {
    if (error instanceof DataError) return { name, ok: false, faults: error.faults };
    throw error;
  }
}

function describe(dataset: Dataset): DatasetContents {
  const { name, source, image, classes, train, test, mean, std, digest, licence, folder } = dataset;
  const known = catalogueEntry(name)?.digest;
  return {
    name,
    source,
    image,
    train: train.count,
    test: test.count,
    classes: countPerClass(classes, train.labels, test.labels),
    mean,
    std,
    digest,
    published: known === undefined ? null : known === digest,
    testImagesInTrain: countShared(train, test),
    ...(licence === undefined ? {} : { licence }),
    ...(folder === undefined ? {} : { folder }),
  };
}

function warningsOf(contents: DatasetContents): string[] {
  const warnings: string[] = [];
  if (contents.published === false) warnings.push(`the contents differ from the published ${contents.name}`);
  warnings.push(...dataRemarks(contents));
  if (contents.testImagesInTrain > 0) {
    warnings.push(`${contents.testImagesInTrain} test images are also in the training part`);
  }
  return warnings;
}

function countShared(train: DatasetPart, test: DatasetPart): number {
  const seen = new Set(imageHashes(train));
  return imageHashes(test).filter((hash) => seen.has(hash)).length;
}

function imageHashes(part: DatasetPart): string[] {
  const size = part.images.length / part.count;
  return Array.from({ length: part.count }, (_, i) =>
    createHash('sha1')
      .update(part.images.subarray(i * size, (i + 1) * size))
      .digest('base64'),
  );
}

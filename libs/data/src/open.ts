import { catalogueEntry } from './catalogue.js';
import { readCifarFolder } from './cifar/read-cifar.js';
import type { Dataset, DatasetContent } from './dataset.js';
import { datasetDigest } from './digest.js';
import { DataError } from './error.js';
import { type ImageSize, readImageFolder } from './folder/read-image-folder.js';
import { readIdxFolder } from './idx/read-idx-folder.js';
import { type Located, type LocateOptions, locateDataset } from './locate.js';
import { channelStatistics } from './statistics.js';

export interface OpenOptions extends LocateOptions {
  /** Size that a folder of images is brought to, in pixels, or `native`; see `readImageFolder` for the default. Other layouts have one size. */
  readonly imageSize?: ImageSize;
}

/**
 * Reads a data set into memory, by name (`fashion-mnist`, `fashion-mnist-sample`, `mnist`, `cifar10`, or a directory's name inside a data
 * directory) or by the path of its directory. Throws DataError with every fault found.
 */
export async function openDataset(name: string, options: OpenOptions = {}): Promise<Dataset> {
  const { imageSize } = options;
  if (typeof imageSize === 'number' && !(Number.isInteger(imageSize) && imageSize >= 8 && imageSize <= 1024)) {
    throw new DataError({
      code: 'invalid_argument',
      field: 'imageSize',
      found: String(imageSize),
      allowed: 'a whole number from 8 to 1024',
    });
  }
  const content = await readLocated(locateDataset(name, options), imageSize);
  return { ...content, ...channelStatistics(content.train), digest: datasetDigest(content) };
}

async function readLocated(located: Located, imageSize: ImageSize | undefined): Promise<DatasetContent> {
  const { name, layout, directory } = located;
  const entry = catalogueEntry(name);
  const licence = entry ? { licence: entry.licence } : {};
  switch (layout) {
    case 'idx':
      return { ...(await readIdxFolder(directory, name, entry?.classes)), ...licence };
    case 'cifar10':
      return { ...(await readCifarFolder(directory, name)), ...licence };
    case 'folder':
      return readImageFolder(directory, name, imageSize);
  }
}

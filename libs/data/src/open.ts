import { catalogueEntry } from './catalogue.js';
import { readCifarFolder } from './cifar/read-cifar.js';
import type { Dataset, DatasetContent } from './dataset.js';
import { datasetDigest } from './digest.js';
import { throwFaults } from './error.js';
import type { ImageRule } from './folder/image-rule.js';
import { readImageFolder } from './folder/read-image-folder.js';
import { readIdxFolder } from './idx/read-idx-folder.js';
import { type Located, type LocateOptions, locateDataset } from './locate.js';
import { channelStatistics } from './statistics.js';

/**
 * Where a data set is looked for, and how a folder of images is read; other layouts have one shape.
 */
export interface OpenOptions extends LocateOptions, ImageRule {}

/**
 * Reads a data set into memory, by name (`fashion-mnist`, `fashion-mnist-sample`, `mnist`,
 * `cifar10`, or a directory's name inside a data directory) or by the path of its directory. Throws
 * DataError with every fault found.
 */
export async function openDataset(name: string, options: OpenOptions = {}): Promise<Dataset> {
  const content = await readLocated(locateDataset(name, options), options);
  return { ...content, ...channelStatistics(content.train), digest: datasetDigest(content) };
}

async function readLocated(located: Located, rule: ImageRule): Promise<DatasetContent> {
  const { name, layout, directory } = located;
  const entry = catalogueEntry(name);
  const licence = entry ? { licence: entry.licence } : {};
  if (layout !== 'folder') refuseRule(name, rule);
  switch (layout) {
    case 'idx':
      return { ...(await readIdxFolder(directory, name, entry?.classes)), ...licence };
    case 'cifar10':
      return { ...(await readCifarFolder(directory, name)), ...licence };
    case 'folder':
      return readImageFolder(directory, name, rule);
  }
}

/** Image rules are for folders of images: other layouts have pixels of one shape already. */
function refuseRule(name: string, { imageSize, resize, enlarge, skipUnreadable }: ImageRule): void {
  const given = Object.entries({ imageSize, resize, enlarge, skipUnreadable }).filter(
    ([, value]) => value !== undefined,
  );
  throwFaults(
    given.map(([field, value]) => ({
      code: 'invalid_argument',
      field,
      found: `${value} for ${name}, whose images have one shape`,
      allowed: 'nothing: this is for folders of images',
    })),
  );
}

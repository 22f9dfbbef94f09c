import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { type CatalogueEntry, catalogue, type Origin, type PublishedFile } from '../catalogue.js';
import { DataError } from '../error.js';
import { type DownloadOptions, download } from './download.js';
import { unpackTar } from './unpack-tar.js';

export interface GetOptions extends DownloadOptions {
  /** Another place with the same published files: a mirror in a closed network. Sizes and checksums must be the same. */
  readonly mirror?: string;
}

/** What `getDataset` did. */
export interface GetResult {
  readonly name: string;
  /** Directory that now holds the data set; name its parent as data directory to open it. */
  readonly directory: string;
  readonly fetched: readonly string[];
  /** Files that were there already, with the right checksum. */
  readonly kept: readonly string[];
}

/**
 * Fetches a known data set from its original place into `directory/NAME`, checking every file's size and sha256. Files that are there
 * already and right are kept, so a broken-off fetch goes on with the next file.
 */
export async function getDataset(name: string, directory: string, options: GetOptions = {}): Promise<GetResult> {
  const { origin } = fetchable(name);
  const target = join(directory, name);
  const address = options.mirror === undefined ? origin.address : options.mirror.replace(/\/*$/, '/');
  await mkdir(target, { recursive: true });
  const fetched: string[] = [];
  const kept: string[] = [];
  for (const file of origin.files) {
    const path = join(target, file.name);
    if (await isRight(path, file)) {
      kept.push(file.name);
    } else {
      await download(address, file, path, options);
      fetched.push(file.name);
    }
    if (origin.unpack === 'tar') await unpackBinaries(path, target);
  }
  return { name, directory: target, fetched, kept };
}

function fetchable(name: string): CatalogueEntry & { readonly origin: Origin } {
  const entry = catalogue.find((candidate) => candidate.name === name);
  if (entry?.origin) return { ...entry, origin: entry.origin };
  const names = catalogue.filter(({ origin }) => origin).map((candidate) => candidate.name);
  throw new DataError({
    code: 'unknown_dataset',
    field: name,
    found: entry ? 'a data set that travels with oneshot' : 'no data set of that name',
    allowed: names.join(', '),
  });
}

async function isRight(path: string, file: PublishedFile): Promise<boolean> {
  if (!existsSync(path)) return false;
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex') === file.sha256;
}

async function unpackBinaries(archive: string, target: string): Promise<void> {
  for (const { name, bytes } of unpackTar(gunzipSync(await readFile(archive)), archive)) {
    if (!name.endsWith('.bin')) continue;
    const path = join(target, basename(name));
    const partial = `${path}.${randomUUID()}.part`;
    try {
      await writeFile(partial, bytes, { flag: 'wx', flush: true });
      await rename(partial, path);
    } finally {
      await rm(partial, { force: true });
    }
  }
}

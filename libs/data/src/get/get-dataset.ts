import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { type CatalogueEntry, catalogue, type Origin } from '../catalogue.js';
import { DataError, type DataFault, throwFaults } from '../error.js';
import { type DownloadOptions, download } from './download.js';
import { unpackTar } from './unpack-tar.js';

export interface GetOptions extends DownloadOptions {
  /**
   * Another place with the same published files: a mirror in a closed network. Sizes and checksums
   * must be the same.
   */
  readonly mirror?: string;
  /** Whether files that lie there with other contents are replaced. Default: false. */
  readonly overwrite?: boolean;
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
 * Fetches a known data set from its original place into `directory/NAME`, checking every file's
 * size and sha256. Files that are there already and right are kept, so a broken-off fetch goes on
 * with the next file.
 *
 * @throws DataError `exists` with every file that lies there with other contents, before anything
 * is written
 */
export async function getDataset(name: string, directory: string, options: GetOptions = {}): Promise<GetResult> {
  const { origin } = fetchable(name);
  const target = join(directory, name);
  const address = options.mirror === undefined ? origin.address : options.mirror.replace(/\/*$/, '/');
  await mkdir(target, { recursive: true });
  const right = new Set<string>();
  const wrong: DataFault[] = [];
  for (const file of origin.files) {
    const path = join(target, file.name);
    if (!existsSync(path)) continue;
    const found = await digestOf(path);
    if (found === file.sha256) right.add(file.name);
    else wrong.push(otherContents(path, `sha256 ${found}`, `sha256 ${file.sha256}`));
  }
  if (options.overwrite !== true) throwFaults(wrong);
  for (const file of origin.files) {
    const path = join(target, file.name);
    if (!right.has(file.name)) await download(address, file, path, options);
    if (origin.unpack === 'tar') await unpackBinaries(path, target, options.overwrite === true);
  }
  const names = origin.files.map((file) => file.name);
  const kept = names.filter((file) => right.has(file));
  const fetched = names.filter((file) => !right.has(file));
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

async function digestOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

function otherContents(field: string, found: string, allowed: string): DataFault {
  return { code: 'exists', field, found: `a file with ${found}`, allowed };
}

async function unpackBinaries(archive: string, target: string, overwrite: boolean): Promise<void> {
  const missing: { readonly path: string; readonly bytes: Uint8Array }[] = [];
  const wrong: DataFault[] = [];
  for (const { name, bytes } of unpackTar(gunzipSync(await readFile(archive)), archive)) {
    if (!name.endsWith('.bin')) continue;
    const path = join(target, basename(name));
    if (existsSync(path)) {
      if (Buffer.compare(await readFile(path), bytes) === 0) continue;
      wrong.push(otherContents(path, 'other bytes', `those in ${basename(archive)}`));
    }
    missing.push({ path, bytes });
  }
  if (!overwrite) throwFaults(wrong);
  for (const { path, bytes } of missing) {
    const partial = `${path}.${randomUUID()}.part`;
    try {
      await writeFile(partial, bytes, { flag: 'wx', flush: true });
      await rename(partial, path);
    } finally {
      await rm(partial, { force: true });
    }
  }
}

import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { BenchmarkError } from '../errors.js';

/**
 * A file of a tabular benchmark: its name in the user's data directory, and the digest it is known
 * by.
 */
export interface DataFile {
  readonly name: string;
  /** sha256 of the file, 64 hexadecimal digits. */
  readonly sha256: string;
}

/** What is said of a file that is not the one known by its name. */
export function wrongDigest(path: string, file: DataFile, digest: string, bytes: number): BenchmarkError {
  return new BenchmarkError('wrong-digest', path, `sha256 ${digest} of ${bytes} bytes`, `sha256 ${file.sha256}`);
}

/** No benchmark file is larger unpacked; a damaged or hostile one stops here. */
const MOST_BYTES = 64 * 1024 * 1024;

/**
 * Reads a file whole, checks its digest and unpacks it if its name ends in `.gz`.
 *
 * @throws BenchmarkError `missing-file`, `unreadable-file`, `wrong-digest`
 */
export async function readDataFile(directory: string, file: DataFile): Promise<Buffer> {
  const path = join(directory, file.name);
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw new BenchmarkError('unreadable-file', path, error.message, 'a readable file');
    throw new BenchmarkError('missing-file', path, 'no such file', `a data directory that holds ${file.name}`);
  });
  const digest = createHash('sha256').update(bytes).digest('hex');
  if (digest !== file.sha256) throw wrongDigest(path, file, digest, bytes.length);
  if (!file.name.endsWith('.gz')) return bytes;
  return promisify(gunzip)(bytes, { maxOutputLength: MOST_BYTES }).catch((error: Error) => {
    throw new BenchmarkError(
      'unreadable-file',
      path,
      error.message,
      `a gzip file of at most ${MOST_BYTES} bytes unpacked`,
    );
  });
}

import { createHash } from 'node:crypto';
import { mkdir, open, readdir, rm, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { StorageError } from '../../errors.js';
import type { ArtifactStore, StoredArtifact } from '../artifact-store.js';
import { isArtifactDigest } from '../digest.js';
import { DurableFile } from './durable-file.js';
import { translateFileError } from './file-errors.js';

const chunkBytes = 256 * 1024;

/**
 * Artifacts as files `<directory>/sha256/ab/cd/abcd…`, two levels of folders so that none grows too
 * large.
 */
export async function openFileArtifactStore(directory: string): Promise<ArtifactStore> {
  const temporary = join(directory, 'incoming');
  try {
    await mkdir(temporary, { recursive: true });
    await removeLeftovers(temporary);
  } catch (error) {
    throw translateFileError(error, directory);
  }
  const pathOf = (digest: string) => join(directory, 'sha256', digest.slice(0, 2), digest.slice(2, 4), digest);

  async function sizeOf(digest: string): Promise<number | undefined> {
    if (!isArtifactDigest(digest)) return undefined;
    try {
      return (await stat(pathOf(digest))).size;
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw translateFileError(error, pathOf(digest));
    }
  }

  async function* read(digest: string, offset = 0): AsyncIterable<Uint8Array> {
    if (!isArtifactDigest(digest)) throw missing(digest);
    const handle = await open(pathOf(digest), 'r').catch((error: unknown) => {
      throw isMissing(error) ? missing(digest) : translateFileError(error, pathOf(digest));
    });
    try {
      const hash = offset === 0 ? createHash('sha256') : undefined;
      let position = offset;
      for (;;) {
        const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafe(chunkBytes), 0, chunkBytes, position);
        if (bytesRead === 0) break;
        const chunk = buffer.subarray(0, bytesRead);
        hash?.update(chunk);
        position += bytesRead;
        yield chunk;
      }
      if (hash && hash.digest('hex') !== digest) {
        throw new StorageError(
          'ARTIFACT_CORRUPT',
          `The stored bytes of artifact ${digest} have changed. They are replaced when the same bytes are stored again.`,
        );
      }
    } finally {
      await handle.close();
    }
  }

  async function verify(digest: string): Promise<StoredArtifact | undefined> {
    if ((await sizeOf(digest)) === undefined) return undefined;
    let size = 0;
    for await (const chunk of read(digest)) size += chunk.length;
    return { digest, size };
  }

  async function isWhole(digest: string): Promise<boolean> {
    try {
      return (await verify(digest)) !== undefined;
    } catch (error) {
      if (error instanceof StorageError && error.fault === 'ARTIFACT_CORRUPT') return false;
      throw error;
    }
  }

  return {
    async put(bytes, expected) {
      const file = await DurableFile.create(temporary).catch((error: unknown) => {
        throw translateFileError(error, temporary);
      });
      try {
        const hash = createHash('sha256');
        let size = 0;
        for await (const chunk of bytes) {
          size += chunk.length;
          if (expected && size > expected.size) throw mismatch(expected, { digest: 'another', size });
          hash.update(chunk);
          await file.write(chunk);
        }
        const digest = hash.digest('hex');
        if (expected && (expected.digest !== digest || expected.size !== size)) {
          throw mismatch(expected, { digest, size });
        }
        // Whatever is there under that name and differs was damaged from outside; these bytes are
        // known to be right and take its place.
        if (await isWhole(digest)) {
          await file.discard();
          return { digest, size, created: false };
        }
        await file.publish(pathOf(digest));
        return { digest, size, created: true };
      } catch (error) {
        await file.discard();
        throw translateFileError(error, directory);
      }
    },

    async stat(digest) {
      const size = await sizeOf(digest);
      return size === undefined ? undefined : { digest, size };
    },

    async delete(digest) {
      if (!isArtifactDigest(digest)) return false;
      try {
        await unlink(pathOf(digest));
        return true;
      } catch (error) {
        if (isMissing(error)) return false;
        throw translateFileError(error, pathOf(digest));
      }
    },

    verify,
    read,
  };
}

/**
 * What a killed process was writing when it died. A file younger than a day may belong to a process
 * that still writes.
 */
async function removeLeftovers(temporary: string): Promise<void> {
  const oldest = Date.now() - 24 * 3600 * 1000;
  for (const name of await readdir(temporary)) {
    const path = join(temporary, name);
    const found = await stat(path).catch(() => undefined);
    if (found && (found.mtimeMs < oldest || !isAlive(Number(name.split('-')[0])))) await rm(path, { force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

function missing(digest: string): StorageError {
  return new StorageError('ARTIFACT_NOT_FOUND', `There is no artifact ${JSON.stringify(digest)}.`);
}

function mismatch(expected: StoredArtifact, found: StoredArtifact): StorageError {
  return new StorageError(
    'ARTIFACT_MISMATCH',
    `The bytes are not those announced: found sha256 ${found.digest} with ${found.size} bytes, announced was ${expected.digest} with ${expected.size}. Nothing was stored.`,
  );
}

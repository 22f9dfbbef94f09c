import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { ResultFile } from '../scores/table-work.js';
import type { Services } from '../session/services.js';

/** A file that a command is going to write. */
export interface PlannedFile {
  readonly path: string;
  /** sha256 of what will be written, in hexadecimal; undefined while only the work can tell. */
  readonly digest: () => Promise<string | undefined>;
}

/** A file whose bytes are known. */
export interface OutputFile extends PlannedFile {
  readonly digest: () => Promise<string>;
  /** Puts the bytes into a file of this path, where there is none yet. */
  readonly saveTo: (path: string) => Promise<void>;
}

/** Bytes that are made when they are asked for. */
export function bytesFile(path: string, read: () => Promise<Buffer>): OutputFile {
  return {
    path,
    digest: async () =>
      createHash('sha256')
        .update(await read())
        .digest('hex'),
    saveTo: async (target) => {
      const file = await open(target, 'wx');
      try {
        await file.writeFile(await read());
      } finally {
        await file.close();
      }
    },
  };
}

/** An artifact of the registry, fetched when it is written. */
export function artifactFile(path: string, services: Services, digest: string, signal: AbortSignal): OutputFile {
  return {
    path,
    digest: async () => digest,
    saveTo: async (target) => {
      // Loaded only here: most commands write what they made themselves.
      const { downloadArtifact } = await import('@oneshot/jobs');
      await downloadArtifact(services.registry, digest, target, { signal });
    },
  };
}

/** A file of which only the work can tell what it will hold. */
export function unknownFile(path: string): PlannedFile {
  return { path, digest: async () => undefined };
}

/**
 * Files with names of their own, in a folder; names that only differ in case, which not every file
 * system keeps apart, are numbered.
 */
export function inFolder(folder: string, files: readonly ResultFile[]): OutputFile[] {
  const taken = new Map<string, number>();
  return files.map(({ name, read }) => {
    const key = name.toLowerCase();
    const times = (taken.get(key) ?? 0) + 1;
    taken.set(key, times);
    const ending = extname(name);
    const own = times === 1 ? name : `${name.slice(0, name.length - ending.length)}-${times}${ending}`;
    return bytesFile(join(folder, own), read);
  });
}

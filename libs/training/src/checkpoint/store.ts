import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { TrainingError } from '../errors.js';

/** Where a run keeps its one latest checkpoint. */
export interface CheckpointStore {
  /** The latest bytes; null if there are none. */
  load(): Promise<Uint8Array | null>;
  /** Replaces them, whole or not at all. */
  save(bytes: Uint8Array): Promise<void>;
}

/**
 * A checkpoint in one file: written beside it, flushed to the disk, then renamed over it, so that a
 * reader sees the old or the new one and never half of one. On failure the old one stays. Throws
 * TrainingError `disk_full`, `checkpoint_unreadable`.
 */
export function fileCheckpointStore(path: string): CheckpointStore {
  return {
    async load() {
      try {
        return await readFile(path);
      } catch (error) {
        if (systemCode(error) === 'ENOENT') return null;
        throw failure('checkpoint_unreadable', path, `cannot be read: ${String(error)}`, error);
      }
    },
    async save(bytes) {
      const temporary = `${path}.${process.pid}.tmp`;
      try {
        await mkdir(dirname(path), { recursive: true });
        await writeFlushed(temporary, bytes);
        await rename(temporary, path);
        await flushDirectory(dirname(path));
      } catch (error) {
        await rm(temporary, { force: true }).catch(() => undefined);
        const full = ['ENOSPC', 'EDQUOT'].includes(systemCode(error) ?? '');
        const what = full ? `no space left for ${bytes.length} bytes` : `cannot be written: ${String(error)}`;
        const message = `${what}; the checkpoint before it is untouched`;
        throw failure(full ? 'disk_full' : 'checkpoint_unreadable', path, message, error);
      }
    },
  };
}

async function writeFlushed(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'w');
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Makes the rename itself durable, where the system lets a directory be flushed. */
async function flushDirectory(path: string): Promise<void> {
  const directory = await open(path, 'r').catch(() => null);
  if (directory === null) return;
  try {
    await directory.sync().catch(() => undefined);
  } finally {
    await directory.close();
  }
}

function systemCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

function failure(
  code: 'disk_full' | 'checkpoint_unreadable',
  path: string,
  message: string,
  cause: unknown,
): TrainingError {
  return new TrainingError(code, [{ path, message }], cause);
}

import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type HeldFile, holdFile } from '@oneshot/storage';

const prefix = 'oneshot-worker-';
const lockName = 'held';

/** A folder of temporary files that is this worker's for as long as it is held. */
export interface WorkerDirectory {
  readonly path: string;
  remove(): Promise<void>;
}

/**
 * Makes a folder for this worker's temporary files, and removes those of workers that have ended
 * without doing so.
 */
export async function makeWorkerDirectory(parent: string): Promise<WorkerDirectory> {
  for (const name of await readdir(parent)) {
    if (name.startsWith(prefix)) await removeIfLeft(join(parent, name));
  }
  for (;;) {
    const path = await mkdtemp(join(parent, prefix));
    const held = holdFile(join(path, lockName));
    // Another worker that found the folder before it was held is about to remove it.
    if (held === undefined) continue;
    return {
      path,
      async remove() {
        held.release();
        await rm(path, { recursive: true, force: true });
      },
    };
  }
}

/** Removes a folder that nobody holds. */
async function removeIfLeft(path: string): Promise<void> {
  let held: HeldFile | undefined;
  try {
    held = holdFile(join(path, lockName));
    if (held !== undefined) await rm(path, { recursive: true, force: true });
  } catch {
    // One of another user, or gone meanwhile: what cannot be removed costs space and nothing else.
  } finally {
    held?.release();
  }
}

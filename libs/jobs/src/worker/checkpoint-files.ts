import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { isDiskFull } from './disk-full.js';
import type { ExecutionContext } from './execution.js';
import { ExecutionStopped } from './execution-error.js';

/** The checkpoints of one execution, as training loops keep them. */
export interface ExecutionCheckpoints {
  /** The latest bytes; null: start anew. */
  load(): Promise<Uint8Array | null>;
  /** Resolves once the run would be taken up from these bytes. A full disk is waited out. */
  save(bytes: Uint8Array): Promise<void>;
  /** The file saved last, or the one the execution was given; undefined if there is none. */
  latest(): string | undefined;
}

type CheckpointContext = Pick<ExecutionContext, 'checkpoint' | 'directory' | 'saveCheckpoint' | 'stopRequested'>;

const diskPauseMs = 2000;

/**
 * Keeps checkpoints where the run's next worker finds them, and the last one alone on this machine.
 */
export function executionCheckpoints(context: CheckpointContext): ExecutionCheckpoints {
  let latest = context.checkpoint;
  let saved = 0;
  return {
    async load() {
      return latest === undefined ? null : readFile(latest);
    },
    async save(bytes) {
      saved += 1;
      const path = join(context.directory, `checkpoint-${saved}`);
      await writeWhenThereIsRoom(path, bytes, context);
      await context.saveCheckpoint(path);
      if (latest !== undefined) await rm(latest, { force: true });
      latest = path;
    },
    latest: () => latest,
  };
}

async function writeWhenThereIsRoom(path: string, bytes: Uint8Array, context: CheckpointContext): Promise<void> {
  for (;;) {
    try {
      await writeFile(path, bytes);
      return;
    } catch (error) {
      if (!isDiskFull(error)) throw error;
      await rm(path, { force: true });
    }
    if (context.stopRequested()) throw new ExecutionStopped('The disk is full, and the worker is being stopped.');
    await pause(diskPauseMs);
  }
}

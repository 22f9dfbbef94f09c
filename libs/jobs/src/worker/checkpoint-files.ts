import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ExecutionContext } from './execution.js';

/** The checkpoints of one execution, as training loops keep them. */
export interface ExecutionCheckpoints {
  /** The latest bytes; null: start anew. */
  load(): Promise<Uint8Array | null>;
  /** Resolves once the run would be taken up from these bytes. */
  save(bytes: Uint8Array): Promise<void>;
  /** The file saved last, or the one the execution was given; undefined if there is none. */
  latest(): string | undefined;
}

/** Keeps checkpoints where the run's next worker finds them. */
export function executionCheckpoints(context: ExecutionContext): ExecutionCheckpoints {
  let latest = context.checkpoint;
  let saved = 0;
  return {
    async load() {
      return latest === undefined ? null : readFile(latest);
    },
    async save(bytes) {
      saved += 1;
      const path = join(context.directory, `checkpoint-${saved}`);
      await writeFile(path, bytes);
      await context.saveCheckpoint(path);
      latest = path;
    },
    latest: () => latest,
  };
}

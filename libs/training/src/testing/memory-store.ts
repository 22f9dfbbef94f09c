import type { CheckpointStore } from '../checkpoint/store.js';

/** A checkpoint kept in memory. */
export function memoryStore(): CheckpointStore {
  let kept: Uint8Array | null = null;
  return {
    load: async () => kept,
    save: async (bytes) => {
      kept = bytes;
    },
  };
}

import { type Checkpoint, type CheckpointOwner, decodeCheckpoint, encodeCheckpoint } from './checkpoint.js';
import type { CheckpointStore } from './store.js';

/**
 * The checkpoint to go on from; null if none is kept. Throws TrainingError if what is there cannot
 * be used.
 */
export async function openCheckpoint(
  store: CheckpointStore | undefined,
  owner: CheckpointOwner,
): Promise<Checkpoint | null> {
  const bytes = await store?.load();
  return bytes ? decodeCheckpoint(bytes, owner) : null;
}

/** Keeps a checkpoint, if anywhere. */
export async function saveCheckpoint(store: CheckpointStore | undefined, checkpoint: Checkpoint): Promise<void> {
  await store?.save(encodeCheckpoint(checkpoint));
}

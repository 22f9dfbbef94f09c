import type { NetworkTarget, ParameterTable } from '@oneshot/nas';

/** Copies of every weight: the weights themselves, their velocities, and scaled gradients. */
const WEIGHT_COPIES = 3;
/** A checkpoint holds weights, velocities and statistics; it is there as arrays and as one file. */
const CHECKPOINT_COPIES = 2;

/** Bytes of a network's weights and statistics, of what its optimizer remembers, and of a checkpoint being made; gradients are counted with the passes. */
export function stateBytes({ weights, statistics }: ParameterTable): number {
  const values = (entries: ParameterTable['weights']) =>
    entries.reduce((sum, { shape }) => sum + shape.reduce((product, length) => product * length, 1), 0);
  const weightBytes = 4 * values(weights);
  const checkpoint = 2 * weightBytes + 4 * values(statistics);
  return WEIGHT_COPIES * weightBytes + CHECKPOINT_COPIES * checkpoint;
}

/** Images of a step: two batches, and those before them that wait for the collector. */
export function batchBytes(batch: number, { image }: Pick<NetworkTarget, 'image'>): number {
  return 4 * 4 * batch * image.height * image.width * image.channels;
}

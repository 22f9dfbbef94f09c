import type { ParameterTable, TaskShape } from '@oneshot/nas';

/**
 * Copies of every weight besides what the optimizer remembers: the weights themselves, and scaled
 * gradients.
 */
const WEIGHT_COPIES = 2;
/**
 * A checkpoint holds weights, what the optimizer remembers, and statistics; it is there as arrays
 * and as one file.
 */
const CHECKPOINT_COPIES = 2;

/**
 * Bytes of a network's weights and statistics, of what its optimizer remembers, and of a checkpoint
 * being made; gradients are counted with the passes.
 *
 * @param moments arrays as large as the weights that the optimizer remembers
 * @param sums arrays as large as the weights in which gradients of several passes add up
 */
export function stateBytes({ weights, statistics }: ParameterTable, moments: number, sums = 0): number {
  const values = (entries: ParameterTable['weights']) =>
    entries.reduce((sum, { shape }) => sum + shape.reduce((product, length) => product * length, 1), 0);
  const weightBytes = 4 * values(weights);
  const checkpoint = (1 + moments) * weightBytes + 4 * values(statistics);
  return (WEIGHT_COPIES + moments + sums) * weightBytes + CHECKPOINT_COPIES * checkpoint;
}

/** Inputs of a step: two batches, and those before them that wait for the collector. */
export function batchBytes(batch: number, { input }: Pick<TaskShape, 'input'>): number {
  return 4 * 4 * batch * input.height * input.width * input.channels;
}

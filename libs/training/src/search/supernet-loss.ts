import type { Batch } from '@oneshot/data';
import { dispose, type Tensor, type Variable, valueAndGradients } from '@oneshot/engine';
import { type BatchStatistics, type Draw, mixOf } from '@oneshot/nas';
import type { SearchModel } from './search-model.js';

/** One pass over the supernet, forward and backward. */
export interface SupernetPass {
  readonly loss: number;
  readonly accuracy: number;
  /** In the order of the variables asked for; freed by the caller. */
  readonly gradients: readonly Tensor[];
  readonly draw: Draw | null;
}

/**
 * The task's loss on one batch and its gradients in some variables (weights, α or both). Running
 * statistics follow the batch when `updateRunning` is set.
 */
export function supernetPass(
  model: SearchModel,
  batch: Batch,
  draw: () => Draw,
  variables: readonly Variable[],
  updateRunning: boolean,
): SupernetPass {
  const { task } = model;
  const examples = task.layOut(batch);
  const seen: { draw: Draw | null; statistics: readonly BatchStatistics[] } = { draw: null, statistics: [] };
  const { loss, gradients, aux } = valueAndGradients(() => {
    const drawn = draw();
    const { active, bare } = drawn;
    const { supernet, network } = model;
    const path = active === undefined ? supernet.description : supernet.path(active, bare);
    const { recompute, precision = 'float32' } = model.profile;
    const result = network.forward(examples.input, {
      mode: 'train',
      mix: mixOf(drawn),
      path,
      recompute,
      precision,
      ...streamOf(drawn),
    });
    seen.draw = drawn;
    seen.statistics = result.statistics;
    const values = result.statistics.map((statistics) => statistics.values);
    return { loss: task.loss(result.logits, examples), logits: result.logits, values };
  }, variables);
  if (updateRunning) model.network.updateRunning(seen.statistics, batch.count);
  const accuracy = task.right(aux.logits, examples) / batch.count;
  dispose(examples.input, examples.wanted, aux.logits, ...aux.values);
  return { loss, accuracy, gradients, draw: seen.draw };
}

function streamOf({ stream }: Draw): Pick<Draw, 'stream'> {
  return stream === undefined ? {} : { stream };
}

import type { Batch } from '@oneshot/data';
import {
  accuracyCount,
  crossEntropy,
  dispose,
  labels,
  type Tensor,
  tensor,
  type Variable,
  valueAndGradients,
} from '@oneshot/engine';
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
 * Cross-entropy on one batch and its gradients in some variables (weights, α or both). Running statistics follow the batch when
 * `updateRunning` is set.
 */
export function supernetPass(
  model: SearchModel,
  batch: Batch,
  draw: () => Draw,
  variables: readonly Variable[],
  updateRunning: boolean,
): SupernetPass {
  const { height, width, channels } = model.network.description.image;
  const images = tensor(batch.images, [batch.count, height, width, channels]);
  const classes = labels(batch.labels);
  const seen: { draw: Draw | null; statistics: readonly BatchStatistics[] } = { draw: null, statistics: [] };
  const { loss, gradients, aux } = valueAndGradients(() => {
    const drawn = draw();
    const { active, bare } = drawn;
    const { supernet, network } = model;
    const path = active === undefined ? supernet.description : supernet.path(active, bare);
    const { recompute } = model.profile;
    const result = network.forward(images, { mode: 'train', mix: mixOf(drawn), path, recompute, ...streamOf(drawn) });
    seen.draw = drawn;
    seen.statistics = result.statistics;
    const values = result.statistics.map((statistics) => statistics.values);
    return { loss: crossEntropy(result.logits, classes), logits: result.logits, values };
  }, variables);
  if (updateRunning) model.network.updateRunning(seen.statistics, batch.count);
  const accuracy = accuracyCount(aux.logits, classes) / batch.count;
  dispose(images, classes, aux.logits, ...aux.values);
  return { loss, accuracy, gradients, draw: seen.draw };
}

function streamOf({ stream }: Draw): Pick<Draw, 'stream'> {
  return stream === undefined ? {} : { stream };
}

import type { Batch, Batches } from '@oneshot/data';
import { accuracyCount, dispose, labels, type Tensor, tensor, tidy } from '@oneshot/engine';
import { type Genotype, mixOf, selectionOf } from '@oneshot/nas';
import { breathe } from '../loop/dependencies.js';
import type { SearchModel } from '../search/search-model.js';

/** Images laid out once for many architectures. */
export interface MeasuredImages {
  readonly batches: readonly { readonly images: Tensor; readonly classes: Tensor; readonly count: number }[];
  /** How many all batches hold. */
  readonly count: number;
  dispose(): void;
}

/** The first images of a loader's first epoch, in whole batches, at least one and until there are `most`. Default: all. */
export function measuredImages(model: SearchModel, batches: Batches, most = Number.POSITIVE_INFINITY): MeasuredImages {
  const { height, width, channels } = model.network.description.image;
  const laidOut = ({ images, labels: classes, count }: Batch) => ({
    images: tensor(images, [count, height, width, channels]),
    classes: labels(classes),
    count,
  });
  const kept: MeasuredImages['batches'][number][] = [];
  let count = 0;
  for (let step = 0; step < batches.stepsPerEpoch && count < most; step++) {
    const batch = laidOut(batches.batch(0, step));
    kept.push(batch);
    count += batch.count;
  }
  return {
    batches: kept,
    count,
    dispose: () => {
      for (const { images, classes } of kept) dispose(images, classes);
    },
  };
}

/**
 * Accuracy of an architecture with the weights it inherits from the supernet, as a fraction. Norms go by the statistics of each batch: running
 * statistics are those of whatever ran while training, not of this path.
 */
export async function inheritedAccuracy(
  model: SearchModel,
  genotype: Genotype,
  { batches, count }: MeasuredImages,
  signal: AbortSignal | undefined,
): Promise<number> {
  const { network, space } = model;
  const active = selectionOf(space, genotype);
  const path = model.supernet.path(active, false);
  let right = 0;
  for (const { images, classes } of batches) {
    await breathe(signal);
    const logits = tidy(
      () => network.forward(images, { mode: 'train', mix: mixOf(model.pathDraw(active)), path }).logits,
    );
    right += accuracyCount(logits, classes);
    dispose(logits);
  }
  return right / count;
}

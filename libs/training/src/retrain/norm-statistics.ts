import { Batches, type Dataset } from '@oneshot/data';
import { dispose, tidy } from '@oneshot/engine';
import { breathe, trainingImages } from '../loop/dependencies.js';
import type { TrainingSpec } from '../spec/training-spec.js';
import type { TrainingModel } from './training-model.js';

/**
 * Norms are estimated by batches of at least so many images, even where training takes smaller
 * ones.
 */
const smallestBatch = 64;

/**
 * The training images by which norms are estimated: drawn once, not augmented, since images to be
 * classified are not.
 */
export function normBatches(spec: TrainingSpec, dataset: Dataset): Batches {
  const indices = trainingImages(dataset, spec.data);
  return new Batches({
    part: dataset.train,
    indices,
    batch: Math.min(indices.length, Math.max(spec.batch, smallestBatch)),
    seed: spec.seed,
    purpose: 'norms',
    mean: dataset.mean,
    std: dataset.std,
  });
}

/**
 * Replaces the running statistics of the norms by the mean of those of whole batches under the
 * learned weights, over the first batches that hold `normImages` images or all of them (Wu and
 * Johnson 2021, "Rethinking batch in BatchNorm", section 3).
 */
export async function estimateNorms(
  { network, plain, task }: TrainingModel,
  batches: Batches,
  most: number,
  signal: AbortSignal | undefined,
): Promise<void> {
  let images = 0;
  for (let step = 0; step < batches.stepsPerEpoch && images < most; step++) {
    await breathe(signal);
    const batch = batches.batch(0, step);
    const { input, wanted } = task.layOut(batch);
    const { statistics, values, logits } = tidy(() => {
      const result = network.forward(input, { mode: 'train', path: plain });
      return { ...result, values: result.statistics.map((each) => each.values) };
    });
    network.updateRunning(statistics, batch.count, 1 / (step + 1));
    dispose(input, wanted, logits, ...values);
    images += batch.count;
  }
}

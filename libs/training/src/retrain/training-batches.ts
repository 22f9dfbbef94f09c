import { Batches, type Dataset } from '@oneshot/data';
import { trainingImages } from '../loop/dependencies.js';
import type { TrainingSpec } from '../spec/training-spec.js';

/** The training batches of a retraining. */
export function trainingBatches(spec: TrainingSpec, dataset: Dataset): Batches {
  const indices = trainingImages(dataset, spec.data);
  return new Batches({
    part: dataset.train,
    indices,
    batch: spec.batch,
    seed: spec.seed,
    purpose: 'retrain',
    augment: spec.augment,
    mean: dataset.mean,
    std: dataset.std,
  });
}

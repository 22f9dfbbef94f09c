import { Batches, type Dataset, type Split } from '@oneshot/data';
import type { SearchSpec } from '../spec/search-spec.js';

/** The batches of one half of a search's images. */
export function searchBatches(
  { profile, seed }: SearchSpec,
  dataset: Dataset,
  split: Split,
  half: 'train' | 'validation',
): Batches {
  const indices = split[half];
  return new Batches({
    part: dataset.train,
    indices,
    batch: profile.batch,
    seed,
    purpose: `search ${half}`,
    augment: profile.augment,
    mean: dataset.mean,
    std: dataset.std,
  });
}

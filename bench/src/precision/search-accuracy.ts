import { openDataset } from '@oneshot/data';
import type { Precision } from '@oneshot/engine';
import { runSearch } from '@oneshot/training';

/** How a short search ended. */
export interface SearchAccuracy {
  readonly seed: number;
  readonly precision: Precision;
  /** Of the supernet on the validation half, in the last epoch. */
  readonly accuracy: number;
  readonly loss: number;
  readonly genotype: string;
}

/** A small DARTS on the first 3000 images of Fashion-MNIST's sample, for 4 epochs. */
const spec = {
  space: { name: 'darts', cells: 3, channels: 4, nodes: 2 },
  profile: { method: 'darts', epochs: 4, batch: 32 },
  data: { name: 'fashion-mnist', trainImages: 3000 },
};

/** Searches with one seed in one precision; the same images, weights and draws in both. */
export async function searchAccuracy(seed: number, precision: Precision): Promise<SearchAccuracy> {
  const dataset = await openDataset('fashion-mnist-sample');
  const { history, notation } = await runSearch({ ...spec, seed, precision }, { dataset });
  const last = history.at(-1);
  return {
    seed,
    precision,
    accuracy: last?.validationAccuracy ?? Number.NaN,
    loss: last?.validationLoss ?? Number.NaN,
    genotype: notation,
  };
}

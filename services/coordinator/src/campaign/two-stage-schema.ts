import { z } from 'zod';

/** What is measured on each trained supernet (see `libs/training`, `assess`). */
export const twoStageSchema = z.strictObject({
  /** Architectures whose validation accuracy with inherited weights is measured: a random sample of the space, the same for every run. Default 500. */
  architectures: z.int().min(10).max(1_000_000).default(500),
  /** Images of the validation half each is measured on. Default 250. */
  images: z.int().min(1).max(1_000_000).default(250),
  /**
   * Also tries the selectors alone, on supernets that are not trained (NI, NU) or trained on random architectures (RU, RI), with uniform (U) or ideal (I)
   * sampling. They take no part in the ranking. Default true.
   */
  baselines: z.boolean().default(true),
});

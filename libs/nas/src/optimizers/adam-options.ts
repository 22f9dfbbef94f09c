import { z } from 'zod';

const fraction = z.number().min(0).lt(1);

/** Options of Adam and AdamW, with the defaults of Kingma and Ba 2015. */
export const adamOptions = {
  /** Decay of the mean of gradients. Default 0.9. */
  beta1: fraction.default(0.9),
  /** Decay of the mean of their squares. Default 0.999. */
  beta2: fraction.default(0.999),
  /** Added to the root of that mean. Default 1e-8. */
  epsilon: z.number().positive().optional(),
};

import { z } from 'zod';

/**
 * A radius that grows in a straight line over the epochs: epoch e of n has from + (to − from)·e/n.
 * Default 0.03 to 0.3 (Chen and Hsieh 2020, authors' code).
 */
export const radiusOption = z
  .strictObject({ from: z.number().min(0), to: z.number().min(0) })
  .default({ from: 0.03, to: 0.3 });

/** The radius of an epoch, counted from 0. */
export function growing({ from, to }: z.infer<typeof radiusOption>, epoch: number, epochs: number): number {
  return from + ((to - from) * epoch) / Math.max(epochs, 1);
}

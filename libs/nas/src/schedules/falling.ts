import { z } from 'zod';
import type { Fault } from '../errors.js';

/** Options of a schedule that falls from one rate to another. */
export const falling = {
  /** Reached after the last step. Default 0. */
  to: z.number().min(0).max(100).default(0),
  /**
   * Lowered after every `epoch` (the field's code) or every `step` (better in short runs). Default
   * `epoch`.
   */
  every: z.enum(['epoch', 'step']).default('epoch'),
};

/** A rate that falls cannot rise. */
export function risingFaults({ from, to }: { readonly from: number; readonly to: number }): readonly Fault[] {
  return to <= from ? [] : [{ path: 'to', message: `found ${to}; at most learningRate.from, ${from}` }];
}

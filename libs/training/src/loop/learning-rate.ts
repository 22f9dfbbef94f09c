import { cosineSchedule } from '@oneshot/engine';

/**
 * Cosine learning rate (Loshchilov and Hutter 2017) by epoch, constant within one, as the field's code does: `from` in the first
 * epoch, `to` reached after the last.
 */
export function learningRateOf(
  { from, to }: { readonly from: number; readonly to: number },
  epochs: number,
): (epoch: number) => number {
  return cosineSchedule({ from, to, steps: Math.max(1, epochs) });
}

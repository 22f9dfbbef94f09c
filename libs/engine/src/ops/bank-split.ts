import type { BankAttributes } from '../kernels/attributes.js';
import { Kernel } from '../kernels/names.js';
import { runKernelOutputs } from '../kernels/run.js';
import type { Tensor } from '../tensor/tensor.js';

/** The parts of a flat `bank [length]`, each flat; one call however many there are. */
export function bankSplit(
  bank: Tensor,
  parts: readonly { readonly offset: number; readonly size: number }[],
): Tensor[] {
  if (parts.length === 0) return [];
  const attributes: BankAttributes = {
    offsets: parts.map(({ offset }) => offset),
    sizes: parts.map(({ size }) => size),
    length: bank.size,
  };
  return runKernelOutputs(Kernel.bankSplit, { bank }, attributes);
}

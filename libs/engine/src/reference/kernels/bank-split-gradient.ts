import { hostKernel } from '../../backend/host.js';
import type { BankAttributes } from '../../kernels/attributes.js';
import { Kernel } from '../../kernels/names.js';

/**
 * Gradients of the parts, named by their place → gradient of the bank `[length]`; overlapping parts
 * add up.
 */
export const bankSplitGradient = hostKernel<string, BankAttributes>(
  Kernel.bankSplitGradient,
  ({ attributes: { offsets, length }, float, output }) => {
    const { info, values } = output([length]);
    values.fill(0);
    offsets.forEach((offset, part) => {
      float(String(part)).forEach((gradient, i) => {
        values[offset + i] = (values[offset + i] as number) + gradient;
      });
    });
    return info;
  },
);

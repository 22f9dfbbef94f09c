import type { BankAttributes } from '../kernels/attributes.js';
import { Kernel } from '../kernels/names.js';
import { runKernel } from '../kernels/run.js';
import { gradient } from './gradient.js';

export const bankSplitGradient = gradient<BankAttributes>({
  kernel: Kernel.bankSplit,
  gradients: (dys, _saved, attributes) => ({
    bank: () =>
      runKernel(Kernel.bankSplitGradient, Object.fromEntries(dys.map((dy, part) => [String(part), dy])), attributes),
  }),
});

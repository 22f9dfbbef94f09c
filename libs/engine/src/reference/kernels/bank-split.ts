import { hostKernel } from '../../backend/host.js';
import type { BankAttributes } from '../../kernels/attributes.js';
import { Kernel } from '../../kernels/names.js';

/** `bank [length]` → copies of its parts, each flat. */
export const bankSplit = hostKernel<'bank', BankAttributes>(
  Kernel.bankSplit,
  ({ attributes: { offsets, sizes }, float, output }) => {
    const bank = float('bank');
    return offsets.map((offset, part) => {
      const size = sizes[part] ?? 0;
      const { info, values } = output([size]);
      values.set(bank.subarray(offset, offset + size));
      return info;
    });
  },
);

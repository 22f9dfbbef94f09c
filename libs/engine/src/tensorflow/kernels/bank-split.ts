import { slice } from '@tensorflow/tfjs-core';
import type { BankAttributes } from '../../kernels/attributes.js';
import { Kernel } from '../../kernels/names.js';
import { composedKernel } from '../composed.js';

export const bankSplit = composedKernel<'bank', BankAttributes>(Kernel.bankSplit, ({ bank }, { offsets, sizes }) =>
  offsets.map((offset, part) => slice(bank, [offset], [sizes[part] ?? 0])),
);

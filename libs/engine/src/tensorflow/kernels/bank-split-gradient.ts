import { addN, pad } from '@tensorflow/tfjs-core';
import type { BankAttributes } from '../../kernels/attributes.js';
import { Kernel } from '../../kernels/names.js';
import type { Tensor } from '../../tensor/tensor.js';
import { composedKernel } from '../composed.js';

export const bankSplitGradient = composedKernel<string, BankAttributes>(
  Kernel.bankSplitGradient,
  (gradients, { offsets, sizes, length }) =>
    addN(
      offsets.map((offset, part) => {
        const after = length - offset - (sizes[part] ?? 0);
        return pad(gradients[String(part)] as Tensor, [[offset, after]]);
      }),
    ),
);

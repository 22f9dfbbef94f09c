import { add, clipByValue, div, mul, sigmoid, type Tensor } from '@tensorflow/tfjs-core';
import type { ActivationAttributes } from '../../kernels/attributes.js';
import { Kernel } from '../../kernels/names.js';
import { composedKernel } from '../composed.js';
import { distribution } from '../normal.js';

const hardSigmoid = (x: Tensor): Tensor => clipByValue(add(div(x, 6), 0.5), 0, 1);

export const activation = composedKernel<'x', ActivationAttributes>(Kernel.activation, ({ x }, attributes) => {
  switch (attributes.function) {
    case 'hardSigmoid':
      return hardSigmoid(x);
    case 'hardSwish':
      return mul(x, hardSigmoid(x));
    case 'swish':
      return mul(x, sigmoid(x));
    case 'gelu':
      return mul(x, distribution(x));
  }
});

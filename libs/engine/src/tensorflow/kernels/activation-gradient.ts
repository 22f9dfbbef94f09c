import { abs, add, cast, clipByValue, div, less, mul, sigmoid, sub, type Tensor } from '@tensorflow/tfjs-core';
import type { ActivationAttributes } from '../../kernels/attributes.js';
import { Kernel } from '../../kernels/names.js';
import { composedKernel } from '../composed.js';
import { density, distribution } from '../normal.js';

const hardSlope = (x: Tensor): Tensor => div(cast(less(abs(x), 3), 'float32'), 6);

function slope(name: ActivationAttributes['function'], x: Tensor): Tensor {
  switch (name) {
    case 'hardSigmoid':
      return hardSlope(x);
    case 'hardSwish':
      return add(clipByValue(add(div(x, 6), 0.5), 0, 1), mul(x, hardSlope(x)));
    case 'swish': {
      const s = sigmoid(x);
      return mul(s, add(1, mul(x, sub(1, s))));
    }
    case 'gelu':
      return add(distribution(x), mul(x, density(x)));
  }
}

export const activationGradient = composedKernel<'x' | 'dy', ActivationAttributes>(
  Kernel.activationGradient,
  ({ x, dy }, attributes) => mul(dy, slope(attributes.function, x)),
);

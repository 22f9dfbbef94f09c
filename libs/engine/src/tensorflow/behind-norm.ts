import { abs, add, cast, clipByValue, div, greater, less, mul, onesLike, relu } from '@tensorflow/tfjs-core';
import type { BatchNormAttributes } from '../kernels/attributes.js';
import type { Tensor } from '../tensor/tensor.js';

interface Activation {
  value(x: Tensor): Tensor;
  slope(x: Tensor): Tensor;
}

const hardSigmoid = (x: Tensor): Tensor => clipByValue(add(div(x, 6), 0.5), 0, 1);

/** What may stand behind a norm. */
export const behindNorm: Readonly<Record<BatchNormAttributes['activation'], Activation>> = {
  none: { value: (x) => x, slope: onesLike },
  relu: { value: (x) => relu(x), slope: (x) => cast(greater(x, 0), 'float32') },
  hardSwish: {
    value: (x) => mul(x, hardSigmoid(x)),
    slope: (x) => add(hardSigmoid(x), mul(x, div(cast(less(abs(x), 3), 'float32'), 6))),
  },
};

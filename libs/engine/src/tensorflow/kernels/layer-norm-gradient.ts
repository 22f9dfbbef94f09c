import { mean, mul, reshape, sub } from '@tensorflow/tfjs-core';
import { Kernel } from '../../kernels/names.js';
import { composedKernel } from '../composed.js';

export const layerNormGradient = composedKernel<'y' | 'deviation' | 'dy'>(
  Kernel.layerNormGradient,
  ({ y, deviation, dy }) => {
    const last = y.rank - 1;
    const product = mul(y, mean(mul(dy, y), last, true));
    const factor = reshape(deviation, [...y.shape.slice(0, -1), 1]);
    return mul(factor, sub(sub(dy, mean(dy, last, true)), product));
  },
);

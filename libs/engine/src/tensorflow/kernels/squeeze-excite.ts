import { add, clipByValue, div, matMul, mean, mul, relu, reshape } from '@tensorflow/tfjs-core';
import { Kernel } from '../../kernels/names.js';
import { shape4 } from '../../kernels/shape.js';
import { composedKernel } from '../composed.js';

export const squeezeExcite = composedKernel<'x' | 'reduce' | 'reduceBias' | 'expand' | 'expandBias'>(
  Kernel.squeezeExcite,
  ({ x, reduce, reduceBias, expand, expandBias }) => {
    const [batch, , , channels] = shape4(x);
    const means = mean(x, [1, 2]);
    const squeezed = relu(add(matMul(means, reduce), reduceBias));
    const factor = clipByValue(add(div(add(matMul(squeezed, expand), expandBias), 6), 0.5), 0, 1);
    return [mul(x, reshape(factor, [batch, 1, 1, channels])), means, squeezed, factor];
  },
);

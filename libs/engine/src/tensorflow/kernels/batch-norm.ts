import { add, mean, mul, rsqrt, square, sub } from '@tensorflow/tfjs-core';
import { type BatchNormAttributes, normEpsilon } from '../../kernels/attributes.js';
import { Kernel } from '../../kernels/names.js';
import { behindNorm } from '../behind-norm.js';
import { composedKernel } from '../composed.js';

export const batchNorm = composedKernel<'x' | 'scale' | 'shift', BatchNormAttributes>(
  Kernel.batchNorm,
  ({ x, scale, shift }, { activation }) => {
    const axes = x.shape.slice(0, -1).map((_, axis) => axis);
    const average = mean(x, axes);
    const centred = sub(x, average);
    const variance = mean(square(centred), axes);
    const normalised = mul(centred, rsqrt(add(variance, normEpsilon)));
    return [behindNorm[activation].value(add(mul(normalised, scale), shift)), average, variance];
  },
);

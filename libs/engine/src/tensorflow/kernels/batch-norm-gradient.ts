import { add, mean as average, mul, rsqrt, sub } from '@tensorflow/tfjs-core';
import { normEpsilon } from '../../kernels/attributes.js';
import { Kernel } from '../../kernels/names.js';
import { composedKernel } from '../composed.js';

export const batchNormGradient = composedKernel<'x' | 'mean' | 'variance' | 'dy'>(
  Kernel.batchNormGradient,
  ({ x, mean, variance, dy }) => {
    const axes = x.shape.slice(0, -1).map((_, axis) => axis);
    const factor = rsqrt(add(variance, normEpsilon));
    const normalised = mul(sub(x, mean), factor);
    const along = mul(normalised, average(mul(dy, normalised), axes));
    return mul(factor, sub(sub(dy, average(dy, axes)), along));
  },
);

import { add, mean, mul, rsqrt, square, sub } from '@tensorflow/tfjs-core';
import { normEpsilon } from '../../kernels/attributes.js';
import { Kernel } from '../../kernels/names.js';
import { composedKernel } from '../composed.js';

export const batchNorm = composedKernel<'x'>(Kernel.batchNorm, ({ x }) => {
  const axes = x.shape.slice(0, -1).map((_, axis) => axis);
  const average = mean(x, axes);
  const centred = sub(x, average);
  const variance = mean(square(centred), axes);
  return [mul(centred, rsqrt(add(variance, normEpsilon))), average, variance];
});

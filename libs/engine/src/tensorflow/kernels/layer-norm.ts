import { add, moments, mul, reshape, rsqrt, sub } from '@tensorflow/tfjs-core';
import { normEpsilon } from '../../kernels/attributes.js';
import { Kernel } from '../../kernels/names.js';
import { composedKernel } from '../composed.js';

export const layerNorm = composedKernel<'x'>(Kernel.layerNorm, ({ x }) => {
  const { mean, variance } = moments(x, x.rank - 1, true);
  const deviation = rsqrt(add(variance, normEpsilon));
  return [mul(sub(x, mean), deviation), reshape(deviation, [deviation.size])];
});

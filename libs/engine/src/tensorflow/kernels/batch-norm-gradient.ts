import { add, mean as average, mul, rsqrt, sub, sum } from '@tensorflow/tfjs-core';
import { type BatchNormAttributes, normEpsilon } from '../../kernels/attributes.js';
import { Kernel } from '../../kernels/names.js';
import { behindNorm } from '../behind-norm.js';
import { composedKernel } from '../composed.js';

export const batchNormGradient = composedKernel<
  'x' | 'scale' | 'shift' | 'mean' | 'variance' | 'dy',
  BatchNormAttributes
>(Kernel.batchNormGradient, ({ x, scale, shift, mean, variance, dy }, { activation }) => {
  const axes = x.shape.slice(0, -1).map((_, axis) => axis);
  const deviation = rsqrt(add(variance, normEpsilon));
  const normalised = mul(sub(x, mean), deviation);
  const d = mul(dy, behindNorm[activation].slope(add(mul(normalised, scale), shift)));
  const along = mul(normalised, average(mul(d, normalised), axes));
  const dx = mul(mul(scale, deviation), sub(sub(d, average(d, axes)), along));
  return [dx, sum(mul(d, normalised), axes), sum(d, axes)];
});

import { add, cast, div, greater, less, logicalAnd, matMul, mul, reshape, sum } from '@tensorflow/tfjs-core';
import type { SqueezeExciteGradientAttributes } from '../../kernels/attributes.js';
import { Kernel, type SqueezeExciteGradientInput } from '../../kernels/names.js';
import { shape4 } from '../../kernels/shape.js';
import { composedKernel } from '../composed.js';

export const squeezeExciteGradient = composedKernel<SqueezeExciteGradientInput, SqueezeExciteGradientAttributes>(
  Kernel.squeezeExciteGradient,
  ({ x, reduce, expand, mean, squeezed, factor, dy }, { layers }) => {
    const [batch, height, width, channels] = shape4(x);
    const slope = div(cast(logicalAnd(greater(factor, 0), less(factor, 1)), 'float32'), 6);
    const dFactor = mul(sum(mul(dy, x), [1, 2]), slope);
    const dSqueezed = mul(matMul(dFactor, expand, false, true), cast(greater(squeezed, 0), 'float32'));
    const dMean = div(matMul(dSqueezed, reduce, false, true), height * width);
    const perImage = [batch, 1, 1, channels];
    const dx = add(mul(dy, reshape(factor, perImage)), reshape(dMean, perImage));
    if (!layers) return [dx];
    return [dx, matMul(mean, dSqueezed, true), sum(dSqueezed, 0), matMul(squeezed, dFactor, true), sum(dFactor, 0)];
  },
);

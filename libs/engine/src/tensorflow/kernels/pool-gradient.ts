import { AvgPoolGrad, div, MaxPoolGrad, maxPool, type Tensor4D } from '@tensorflow/tfjs-core';
import type { PoolAttributes } from '../../kernels/attributes.js';
import { Kernel } from '../../kernels/names.js';
import { runKernel } from '../../kernels/run.js';
import { shape4 } from '../../kernels/shape.js';
import { composedKernel } from '../composed.js';
import { coverage, lowest, sides } from '../pooling.js';
import { padded, unpadded } from '../window.js';

export const poolGradient = composedKernel<'x' | 'dy', PoolAttributes>(Kernel.poolGradient, ({ x, dy }, attributes) => {
  const { pool, size, stride, padding } = attributes;
  const [, height, width] = shape4(x);
  const window = { filterSize: size, strides: stride, pad: 'valid' };
  const input = padded(x, sides(padding), pool === 'max' ? lowest : 0) as Tensor4D;
  const gradient =
    pool === 'max'
      ? runKernel(MaxPoolGrad, { dy, input, output: maxPool(input, size, stride, 'valid') }, window)
      : runKernel(AvgPoolGrad, { dy: padding === 0 ? dy : div(dy, coverage(x, attributes)), input }, window);
  return unpadded(gradient, sides(padding), height, width);
});

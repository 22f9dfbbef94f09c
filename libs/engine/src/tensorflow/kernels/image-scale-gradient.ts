import { mul, reshape, sum } from '@tensorflow/tfjs-core';
import { Kernel } from '../../kernels/names.js';
import { composedKernel } from '../composed.js';

export const imageScaleGradient = composedKernel<'x' | 'dy' | 'coefficient'>(
  Kernel.imageScaleGradient,
  ({ x, dy, coefficient }) => sum(reshape(mul(x, dy), [coefficient.size, x.size / coefficient.size]), 1),
);

import { mul, sum } from '@tensorflow/tfjs-core';
import { Kernel } from '../../kernels/names.js';
import { composedKernel } from '../composed.js';

export const channelScaleShiftGradient = composedKernel<'x' | 'scale' | 'dy'>(
  Kernel.channelScaleShiftGradient,
  ({ x, scale, dy }) => {
    const axes = x.shape.slice(0, -1).map((_, axis) => axis);
    return [mul(dy, scale), sum(mul(dy, x), axes), sum(dy, axes)];
  },
);

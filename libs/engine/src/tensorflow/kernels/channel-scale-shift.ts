import { add, mul } from '@tensorflow/tfjs-core';
import { Kernel } from '../../kernels/names.js';
import { composedKernel } from '../composed.js';

export const channelScaleShift = composedKernel<'x' | 'scale' | 'shift'>(
  Kernel.channelScaleShift,
  ({ x, scale, shift }) => add(mul(x, scale), shift),
);

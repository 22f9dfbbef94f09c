import { conv2d, type Tensor4D } from '@tensorflow/tfjs-core';
import type { WindowAttributes } from '../../kernels/attributes.js';
import { Kernel } from '../../kernels/names.js';
import { composedKernel } from '../composed.js';
import { dilated, padded } from '../window.js';

export const convolution = composedKernel<'x' | 'kernel', WindowAttributes>(
  Kernel.convolution,
  ({ x, kernel }, attributes) =>
    conv2d(
      padded(x, attributes) as Tensor4D,
      dilated(kernel, attributes.dilation) as Tensor4D,
      attributes.stride,
      'valid',
    ),
);

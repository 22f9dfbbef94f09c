import { depthwiseConv2d, expandDims, type Tensor4D } from '@tensorflow/tfjs-core';
import type { WindowAttributes } from '../../kernels/attributes.js';
import { Kernel } from '../../kernels/names.js';
import { composedKernel } from '../composed.js';
import { dilated, padded } from '../window.js';

export const depthwiseConvolution = composedKernel<'x' | 'kernel', WindowAttributes>(
  Kernel.depthwiseConvolution,
  ({ x, kernel }, attributes) =>
    depthwiseConv2d(
      padded(x, attributes) as Tensor4D,
      expandDims(dilated(kernel, attributes.dilation), 3) as Tensor4D,
      attributes.stride,
      'valid',
    ),
);

import { Conv2DBackpropFilter } from '@tensorflow/tfjs-core';
import type { KernelGradientAttributes } from '../../kernels/attributes.js';
import { Kernel } from '../../kernels/names.js';
import { runKernel } from '../../kernels/run.js';
import { shape4 } from '../../kernels/shape.js';
import { composedKernel } from '../composed.js';
import { extent, padded, undilated } from '../window.js';

export const convolutionKernelGradient = composedKernel<'x' | 'dy', KernelGradientAttributes>(
  Kernel.convolutionKernelGradient,
  ({ x, dy }, attributes) => {
    const { stride, dilation, kernelHeight, kernelWidth } = attributes;
    const [, , , channelsIn] = shape4(x);
    const [, , , channelsOut] = shape4(dy);
    const gradient = runKernel(
      Conv2DBackpropFilter,
      { x: padded(x, attributes), dy },
      {
        strides: [stride, stride],
        pad: 'valid',
        dataFormat: 'NHWC',
        filterShape: [extent(kernelHeight, dilation), extent(kernelWidth, dilation), channelsIn, channelsOut],
      },
    );
    return undilated(gradient, dilation, kernelHeight, kernelWidth);
  },
);

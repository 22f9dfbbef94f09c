import { DepthwiseConv2dNativeBackpropFilter, reshape } from '@tensorflow/tfjs-core';
import type { KernelGradientAttributes } from '../../kernels/attributes.js';
import { Kernel } from '../../kernels/names.js';
import { runKernel } from '../../kernels/run.js';
import { shape4 } from '../../kernels/shape.js';
import { composedKernel } from '../composed.js';
import { extent, padded, undilated } from '../window.js';

export const depthwiseConvolutionKernelGradient = composedKernel<'x' | 'dy', KernelGradientAttributes>(
  Kernel.depthwiseConvolutionKernelGradient,
  ({ x, dy }, attributes) => {
    const { stride, dilation, kernelHeight, kernelWidth } = attributes;
    const [, , , channels] = shape4(x);
    const [height, width] = [extent(kernelHeight, dilation), extent(kernelWidth, dilation)];
    const gradient = runKernel(
      DepthwiseConv2dNativeBackpropFilter,
      { x: padded(x, attributes), dy },
      { strides: [stride, stride], dilations: [1, 1], pad: 'valid', filterShape: [height, width, channels, 1] },
    );
    return undilated(reshape(gradient, [height, width, channels]), dilation, kernelHeight, kernelWidth);
  },
);

import { DepthwiseConv2dNativeBackpropInput, expandDims } from '@tensorflow/tfjs-core';
import type { InputGradientAttributes } from '../../kernels/attributes.js';
import { Kernel } from '../../kernels/names.js';
import { runKernel } from '../../kernels/run.js';
import { shape4 } from '../../kernels/shape.js';
import { composedKernel } from '../composed.js';
import { dilated, unpadded } from '../window.js';

export const depthwiseConvolutionInputGradient = composedKernel<'dy' | 'kernel', InputGradientAttributes>(
  Kernel.depthwiseConvolutionInputGradient,
  ({ dy, kernel }, attributes) => {
    const { stride, dilation, top, bottom, left, right, inputHeight, inputWidth } = attributes;
    const [batch, , , channels] = shape4(dy);
    const gradient = runKernel(
      DepthwiseConv2dNativeBackpropInput,
      { dy, filter: expandDims(dilated(kernel, dilation), 3) },
      {
        strides: [stride, stride],
        dilations: [1, 1],
        pad: 'valid',
        inputShape: [batch, inputHeight + top + bottom, inputWidth + left + right, channels],
      },
    );
    return unpadded(gradient, attributes, inputHeight, inputWidth);
  },
);

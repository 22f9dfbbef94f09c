import { Conv2DBackpropInput } from '@tensorflow/tfjs-core';
import type { InputGradientAttributes } from '../../kernels/attributes.js';
import { Kernel } from '../../kernels/names.js';
import { runKernel } from '../../kernels/run.js';
import { shape4 } from '../../kernels/shape.js';
import { composedKernel } from '../composed.js';
import { dilated, unpadded } from '../window.js';

export const convolutionInputGradient = composedKernel<'dy' | 'kernel', InputGradientAttributes>(
  Kernel.convolutionInputGradient,
  ({ dy, kernel }, attributes) => {
    const { stride, dilation, top, bottom, left, right, inputHeight, inputWidth } = attributes;
    const [batch] = shape4(dy);
    const [, , channels] = shape4(kernel);
    const gradient = runKernel(
      Conv2DBackpropInput,
      { dy, filter: dilated(kernel, dilation) },
      {
        strides: [stride, stride],
        pad: 'valid',
        dataFormat: 'NHWC',
        inputShape: [batch, inputHeight + top + bottom, inputWidth + left + right, channels],
      },
    );
    return unpadded(gradient, attributes, inputHeight, inputWidth);
  },
);

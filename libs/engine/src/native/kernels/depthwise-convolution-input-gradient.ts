import type { InputGradientAttributes } from '../../kernels/attributes.js';
import { Kernel } from '../../kernels/names.js';
import { shape3, shape4 } from '../../kernels/shape.js';
import { geometry } from '../geometry.js';
import { nativeKernel } from '../kernel.js';

export const depthwiseConvolutionInputGradient = nativeKernel<'dy' | 'kernel', InputGradientAttributes>(
  Kernel.depthwiseConvolutionInputGradient,
  ({ inputs, attributes, float, output }, addon) => {
    const [batch, , , channels] = shape4(inputs.dy);
    const [kernelHeight, kernelWidth] = shape3(inputs.kernel);
    const kernel = [kernelHeight, kernelWidth] as const;
    const input = [attributes.inputHeight, attributes.inputWidth] as const;
    const g = geometry({ batch, input, kernel, channelsIn: channels, channelsOut: channels }, attributes);
    const { info, values } = output([batch, ...input, channels]);
    addon.depthwiseInputGradient(g, float('dy'), float('kernel'), values);
    return info;
  },
);

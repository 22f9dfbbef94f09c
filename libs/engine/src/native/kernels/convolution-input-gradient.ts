import type { InputGradientAttributes } from '../../kernels/attributes.js';
import { Kernel } from '../../kernels/names.js';
import { shape4 } from '../../kernels/shape.js';
import { geometry } from '../geometry.js';
import { nativeKernel } from '../kernel.js';

export const convolutionInputGradient = nativeKernel<'dy' | 'kernel', InputGradientAttributes>(
  Kernel.convolutionInputGradient,
  ({ inputs, attributes, float, output }, addon) => {
    const [batch] = shape4(inputs.dy);
    const [kernelHeight, kernelWidth, channelsIn, channelsOut] = shape4(inputs.kernel);
    const input = [attributes.inputHeight, attributes.inputWidth] as const;
    const g = geometry({ batch, input, kernel: [kernelHeight, kernelWidth], channelsIn, channelsOut }, attributes);
    const { info, values } = output([batch, ...input, channelsIn]);
    addon.convolutionInputGradient(g, float('dy'), float('kernel'), values);
    return info;
  },
);

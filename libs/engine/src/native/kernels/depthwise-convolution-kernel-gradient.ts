import type { KernelGradientAttributes } from '../../kernels/attributes.js';
import { Kernel } from '../../kernels/names.js';
import { shape4 } from '../../kernels/shape.js';
import { geometry } from '../geometry.js';
import { nativeKernel } from '../kernel.js';

export const depthwiseConvolutionKernelGradient = nativeKernel<'x' | 'dy', KernelGradientAttributes>(
  Kernel.depthwiseConvolutionKernelGradient,
  ({ inputs, attributes, float, output }, addon) => {
    const [batch, height, width, channels] = shape4(inputs.x);
    const kernel = [attributes.kernelHeight, attributes.kernelWidth] as const;
    const parts = { batch, input: [height, width], kernel, channelsIn: channels, channelsOut: channels } as const;
    const g = geometry(parts, attributes);
    const { info, values } = output([...kernel, channels]);
    addon.depthwiseKernelGradient(g, float('x'), float('dy'), values);
    return info;
  },
);

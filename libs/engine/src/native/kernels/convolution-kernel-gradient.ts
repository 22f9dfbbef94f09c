import type { KernelGradientAttributes } from '../../kernels/attributes.js';
import { Kernel } from '../../kernels/names.js';
import { shape4 } from '../../kernels/shape.js';
import { geometry } from '../geometry.js';
import { nativeKernel } from '../kernel.js';

export const convolutionKernelGradient = nativeKernel<'x' | 'dy', KernelGradientAttributes>(
  Kernel.convolutionKernelGradient,
  ({ inputs, attributes, float, output }, addon) => {
    const [batch, height, width, channelsIn] = shape4(inputs.x);
    const [, , , channelsOut] = shape4(inputs.dy);
    const kernel = [attributes.kernelHeight, attributes.kernelWidth] as const;
    const g = geometry({ batch, input: [height, width], kernel, channelsIn, channelsOut }, attributes);
    const { info, values } = output([...kernel, channelsIn, channelsOut]);
    addon.convolutionKernelGradient(g, float('x'), float('dy'), values);
    return info;
  },
);

import type { WindowAttributes } from '../../kernels/attributes.js';
import { Kernel } from '../../kernels/names.js';
import { shape4 } from '../../kernels/shape.js';
import { geometry } from '../geometry.js';
import { nativeKernel } from '../kernel.js';

export const convolution = nativeKernel<'x' | 'kernel', WindowAttributes>(
  Kernel.convolution,
  ({ inputs, attributes, float, output }, addon) => {
    const [batch, height, width, channelsIn] = shape4(inputs.x);
    const [kernelHeight, kernelWidth, , channelsOut] = shape4(inputs.kernel);
    const parts = {
      batch,
      input: [height, width],
      kernel: [kernelHeight, kernelWidth],
      channelsIn,
      channelsOut,
    } as const;
    const g = geometry(parts, attributes);
    const { info, values } = output([batch, g.outHeight, g.outWidth, channelsOut]);
    addon.convolution(g, float('x'), float('kernel'), values);
    return info;
  },
);

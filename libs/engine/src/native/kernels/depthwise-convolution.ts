import type { WindowAttributes } from '../../kernels/attributes.js';
import { Kernel } from '../../kernels/names.js';
import { shape3, shape4 } from '../../kernels/shape.js';
import { geometry } from '../geometry.js';
import { nativeKernel } from '../kernel.js';

export const depthwiseConvolution = nativeKernel<'x' | 'kernel', WindowAttributes>(
  Kernel.depthwiseConvolution,
  ({ inputs, attributes, float, output }, addon) => {
    const [batch, height, width, channels] = shape4(inputs.x);
    const [kernelHeight, kernelWidth] = shape3(inputs.kernel);
    const kernel = [kernelHeight, kernelWidth] as const;
    const parts = { batch, input: [height, width], kernel, channelsIn: channels, channelsOut: channels } as const;
    const g = geometry(parts, attributes);
    const { info, values } = output([batch, g.outHeight, g.outWidth, channels]);
    addon.depthwise(g, float('x'), float('kernel'), values);
    return info;
  },
);

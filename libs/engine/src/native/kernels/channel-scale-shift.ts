import { Kernel } from '../../kernels/names.js';
import { nativeKernel } from '../kernel.js';

export const channelScaleShift = nativeKernel<'x' | 'scale' | 'shift'>(
  Kernel.channelScaleShift,
  ({ inputs, float, output }, addon) => {
    const { info, values } = output(inputs.x.shape);
    addon.channelScaleShift(float('x'), float('scale'), float('shift'), values);
    return info;
  },
);

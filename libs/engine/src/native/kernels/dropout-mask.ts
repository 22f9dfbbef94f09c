import type { DropoutMaskAttributes } from '../../kernels/attributes.js';
import { Kernel } from '../../kernels/names.js';
import { nativeKernel } from '../kernel.js';

export const dropoutMask = nativeKernel<never, DropoutMaskAttributes>(
  Kernel.dropoutMask,
  ({ attributes: { key, counter, rate, shape }, output }, addon) => {
    const { info, values } = output(shape);
    addon.dropoutMask([...key], [...counter], rate, values);
    return info;
  },
);

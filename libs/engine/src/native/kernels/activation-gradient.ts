import type { ActivationAttributes } from '../../kernels/attributes.js';
import { Kernel } from '../../kernels/names.js';
import { nativeKernel } from '../kernel.js';

export const activationGradient = nativeKernel<'x' | 'dy', ActivationAttributes>(
  Kernel.activationGradient,
  ({ inputs, attributes, float, output }, addon) => {
    const { info, values } = output(inputs.x.shape);
    addon.activationGradient(attributes.function, float('x'), float('dy'), values);
    return info;
  },
);

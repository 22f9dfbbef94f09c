import type { ActivationAttributes } from '../../kernels/attributes.js';
import { Kernel } from '../../kernels/names.js';
import { nativeKernel } from '../kernel.js';

export const activation = nativeKernel<'x', ActivationAttributes>(
  Kernel.activation,
  ({ inputs, attributes, float, output }, addon) => {
    const { info, values } = output(inputs.x.shape);
    addon.activation(attributes.function, float('x'), values);
    return info;
  },
);

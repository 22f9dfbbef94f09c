import { hostKernel } from '../../backend/host.js';
import type { ActivationAttributes } from '../../kernels/attributes.js';
import { Kernel } from '../../kernels/names.js';
import { activations } from '../activations.js';

/** A function of every value. */
export const activation = hostKernel<'x', ActivationAttributes>(
  Kernel.activation,
  ({ inputs, attributes, float, output }) => {
    const { value } = activations[attributes.function];
    const { info, values } = output(inputs.x.shape);
    float('x').forEach((x, i) => {
      values[i] = value(x);
    });
    return info;
  },
);

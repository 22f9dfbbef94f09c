import { hostKernel } from '../../backend/host.js';
import type { ActivationAttributes } from '../../kernels/attributes.js';
import { Kernel } from '../../kernels/names.js';
import { activations } from '../activations.js';

/** `dy` times the slope at `x`. */
export const activationGradient = hostKernel<'x' | 'dy', ActivationAttributes>(
  Kernel.activationGradient,
  ({ inputs, attributes, float, output }) => {
    const { slope } = activations[attributes.function];
    const dy = float('dy');
    const { info, values } = output(inputs.x.shape);
    float('x').forEach((x, i) => {
      values[i] = (dy[i] as number) * slope(x);
    });
    return info;
  },
);

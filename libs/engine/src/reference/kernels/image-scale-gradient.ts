import { hostKernel } from '../../backend/host.js';
import { Kernel } from '../../kernels/names.js';

/**
 * `x [n, ...]`, `dy [n, ...]`, `coefficient [n]` or `[1]` → gradient of the coefficient: the sum of
 * `x·dy` it scales.
 */
export const imageScaleGradient = hostKernel<'x' | 'dy' | 'coefficient'>(
  Kernel.imageScaleGradient,
  ({ inputs, float, output }) => {
    const x = float('x');
    const dy = float('dy');
    const { info, values } = output(inputs.coefficient.shape);
    const perImage = x.length / values.length;
    for (let n = 0; n < values.length; n++) {
      let sum = 0;
      for (let at = n * perImage, end = at + perImage; at < end; at++) sum += (x[at] as number) * (dy[at] as number);
      values[n] = sum;
    }
    return info;
  },
);

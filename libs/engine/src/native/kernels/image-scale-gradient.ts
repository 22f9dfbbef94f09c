import { Kernel } from '../../kernels/names.js';
import { nativeKernel } from '../kernel.js';

export const imageScaleGradient = nativeKernel<'x' | 'dy' | 'coefficient'>(
  Kernel.imageScaleGradient,
  ({ inputs, float, output }, addon) => {
    const { info, values } = output(inputs.coefficient.shape);
    addon.imageScaleGradient(float('x'), float('dy'), values);
    return info;
  },
);

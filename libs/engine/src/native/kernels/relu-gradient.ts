import { Kernel } from '../../kernels/names.js';
import { nativeKernel } from '../kernel.js';

export const reluGradient = nativeKernel<'x' | 'dy'>(Kernel.reluGradient, ({ inputs, float, output }, addon) => {
  const { info, values } = output(inputs.x.shape);
  addon.reluGradient(float('x'), float('dy'), values);
  return info;
});

import { Kernel } from '../../kernels/names.js';
import { nativeKernel } from '../kernel.js';

export const relu = nativeKernel<'x'>(Kernel.relu, ({ inputs, float, output }, addon) => {
  const { info, values } = output(inputs.x.shape);
  addon.relu(float('x'), values);
  return info;
});

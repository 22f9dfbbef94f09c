import { Kernel } from '../../kernels/names.js';
import { nativeKernel } from '../kernel.js';

export const imageScale = nativeKernel<'x' | 'coefficient'>(Kernel.imageScale, ({ inputs, float, output }, addon) => {
  const { info, values } = output(inputs.x.shape);
  addon.imageScale(float('x'), float('coefficient'), values);
  return info;
});

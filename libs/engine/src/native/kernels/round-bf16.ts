import { Kernel } from '../../kernels/names.js';
import { nativeKernel } from '../kernel.js';

export const roundBf16 = nativeKernel<'x'>(Kernel.roundBf16, ({ inputs, float, output }, addon) => {
  const { info, values } = output(inputs.x.shape);
  addon.roundBf16(float('x'), values);
  return info;
});

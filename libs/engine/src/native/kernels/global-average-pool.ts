import { Kernel } from '../../kernels/names.js';
import { shape4 } from '../../kernels/shape.js';
import { nativeKernel } from '../kernel.js';

export const globalAveragePool = nativeKernel<'x'>(Kernel.globalAveragePool, ({ inputs, float, output }, addon) => {
  const [batch, height, width, channels] = shape4(inputs.x);
  const { info, values } = output([batch, channels]);
  addon.globalAverage(batch, height * width, channels, float('x'), values);
  return info;
});

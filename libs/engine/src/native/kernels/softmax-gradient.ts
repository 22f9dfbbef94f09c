import { Kernel } from '../../kernels/names.js';
import { rowsAndColumns } from '../../kernels/shape.js';
import { nativeKernel } from '../kernel.js';

export const softmaxGradient = nativeKernel<'p' | 'dy'>(Kernel.softmaxGradient, ({ inputs, float, output }, addon) => {
  const { info, values } = output(inputs.p.shape);
  addon.softmaxGradient(rowsAndColumns(inputs.p)[1], float('p'), float('dy'), values);
  return info;
});

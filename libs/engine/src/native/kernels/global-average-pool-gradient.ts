import { Kernel } from '../../kernels/names.js';
import { rowsAndColumns } from '../../kernels/shape.js';
import { nativeKernel } from '../kernel.js';

export const globalAveragePoolGradient = nativeKernel<'dy', { height: number; width: number }>(
  Kernel.globalAveragePoolGradient,
  ({ inputs, attributes: { height, width }, float, output }, addon) => {
    const [batch, channels] = rowsAndColumns(inputs.dy);
    const { info, values } = output([batch, height, width, channels]);
    addon.globalAverageGradient(batch, height * width, channels, float('dy'), values);
    return info;
  },
);

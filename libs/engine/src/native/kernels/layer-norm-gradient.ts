import { Kernel } from '../../kernels/names.js';
import { rowsAndColumns } from '../../kernels/shape.js';
import { nativeKernel } from '../kernel.js';

export const layerNormGradient = nativeKernel<'y' | 'deviation' | 'dy'>(
  Kernel.layerNormGradient,
  ({ inputs, float, output }, addon) => {
    const [, columns] = rowsAndColumns(inputs.y);
    const { info, values } = output(inputs.y.shape);
    addon.layerNormGradient(columns, float('y'), float('deviation'), float('dy'), values);
    return info;
  },
);

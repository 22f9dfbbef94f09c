import { normEpsilon } from '../../kernels/attributes.js';
import { Kernel } from '../../kernels/names.js';
import { rowsAndColumns } from '../../kernels/shape.js';
import { nativeKernel } from '../kernel.js';

export const layerNorm = nativeKernel<'x'>(Kernel.layerNorm, ({ inputs, float, output }, addon) => {
  const [rows, columns] = rowsAndColumns(inputs.x);
  const [value, deviation] = [output(inputs.x.shape), output([rows])];
  addon.layerNorm(columns, normEpsilon, float('x'), value.values, deviation.values);
  return [value.info, deviation.info];
});

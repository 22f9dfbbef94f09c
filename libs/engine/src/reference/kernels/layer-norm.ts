import { hostKernel } from '../../backend/host.js';
import { normEpsilon } from '../../kernels/attributes.js';
import { Kernel } from '../../kernels/names.js';
import { rowsAndColumns } from '../../kernels/shape.js';

/**
 * `x [..., c]` → rows of mean 0 and variance 1, and `1/sqrt(variance + epsilon)` of each row
 * `[rows]`.
 */
export const layerNorm = hostKernel<'x'>(Kernel.layerNorm, ({ inputs, float, output }) => {
  const [rows, columns] = rowsAndColumns(inputs.x);
  const x = float('x');
  const value = output(inputs.x.shape);
  const deviation = output([rows]);
  for (let r = 0; r < rows; r++) {
    const row = x.subarray(r * columns, (r + 1) * columns);
    const mean = row.reduce((sum, v) => sum + v, 0) / columns;
    const variance = row.reduce((sum, v) => sum + (v - mean) ** 2, 0) / columns;
    const factor = 1 / Math.sqrt(variance + normEpsilon);
    row.forEach((v, c) => {
      value.values[r * columns + c] = (v - mean) * factor;
    });
    deviation.values[r] = factor;
  }
  return [value.info, deviation.info];
});

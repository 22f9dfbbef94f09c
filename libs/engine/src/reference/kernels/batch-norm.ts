import { hostKernel } from '../../backend/host.js';
import { normEpsilon } from '../../kernels/attributes.js';
import { Kernel } from '../../kernels/names.js';
import { rowsAndColumns } from '../../kernels/shape.js';

/**
 * Training batch norm without scale and shift: `x [..., c]` → normalised `x`, mean `[c]`, biased
 * variance `[c]`.
 */
export const batchNorm = hostKernel<'x'>(Kernel.batchNorm, ({ inputs, float, output }) => {
  const [rows, channels] = rowsAndColumns(inputs.x);
  const x = float('x');
  const value = output(inputs.x.shape);
  const mean = output([channels]);
  const variance = output([channels]);
  const sums = new Float64Array(channels);
  for (let r = 0, at = 0; r < rows; r++) {
    for (let c = 0; c < channels; c++, at++) sums[c] = (sums[c] as number) + (x[at] as number);
  }
  const means = sums.map((sum) => sum / rows);
  sums.fill(0);
  for (let r = 0, at = 0; r < rows; r++) {
    for (let c = 0; c < channels; c++, at++) {
      const difference = (x[at] as number) - (means[c] as number);
      sums[c] = (sums[c] as number) + difference * difference;
    }
  }
  const factors = sums.map((sum) => 1 / Math.sqrt(sum / rows + normEpsilon));
  const y = value.values;
  for (let r = 0, at = 0; r < rows; r++) {
    for (let c = 0; c < channels; c++, at++) {
      y[at] = ((x[at] as number) - (means[c] as number)) * (factors[c] as number);
    }
  }
  mean.values.set(means);
  variance.values.set(sums.map((sum) => sum / rows));
  return [value.info, mean.info, variance.info];
});

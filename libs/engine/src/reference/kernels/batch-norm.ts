import { hostKernel } from '../../backend/host.js';
import { type BatchNormAttributes, normEpsilon } from '../../kernels/attributes.js';
import { Kernel } from '../../kernels/names.js';
import { rowsAndColumns } from '../../kernels/shape.js';
import { behindNorm } from '../activations.js';

/**
 * Training batch norm with the activation behind it: `x [..., c]`, scale and shift `[c]` → value,
 * mean `[c]`, biased variance `[c]`.
 */
export const batchNorm = hostKernel<'x' | 'scale' | 'shift', BatchNormAttributes>(
  Kernel.batchNorm,
  ({ inputs, attributes, float, output }) => {
    const [rows, channels] = rowsAndColumns(inputs.x);
    const x = float('x');
    const [scale, shift] = [float('scale'), float('shift')];
    const behind = behindNorm[attributes.activation];
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
    const factors = sums.map((sum, c) => (scale[c] as number) / Math.sqrt(sum / rows + normEpsilon));
    const y = value.values;
    for (let r = 0, at = 0; r < rows; r++) {
      for (let c = 0; c < channels; c++, at++) {
        const centred = (x[at] as number) - (means[c] as number);
        y[at] = behind.value(centred * (factors[c] as number) + (shift[c] as number));
      }
    }
    mean.values.set(means);
    variance.values.set(sums.map((sum) => sum / rows));
    return [value.info, mean.info, variance.info];
  },
);

import { hostKernel } from '../../backend/host.js';
import { normEpsilon } from '../../kernels/attributes.js';
import { Kernel } from '../../kernels/names.js';
import { rowsAndColumns } from '../../kernels/shape.js';

/**
 * `dx = (dy − mean(dy) − x̂·mean(dy·x̂)) / sqrt(variance + ε)` (Ioffe and Szegedy 2015, section 3).
 */
export const batchNormGradient = hostKernel<'x' | 'mean' | 'variance' | 'dy'>(
  Kernel.batchNormGradient,
  ({ inputs, float, output }) => {
    const [rows, channels] = rowsAndColumns(inputs.x);
    const x = float('x');
    const dy = float('dy');
    const mean = float('mean');
    const factors = Float64Array.from(float('variance'), (variance) => 1 / Math.sqrt(variance + normEpsilon));
    const sums = new Float64Array(channels);
    const products = new Float64Array(channels);
    for (let r = 0, at = 0; r < rows; r++) {
      for (let c = 0; c < channels; c++, at++) {
        const gradient = dy[at] as number;
        sums[c] = (sums[c] as number) + gradient;
        products[c] = (products[c] as number) + gradient * ((x[at] as number) - (mean[c] as number));
      }
    }
    for (let c = 0; c < channels; c++) {
      const factor = factors[c] as number;
      sums[c] = (sums[c] as number) / rows;
      products[c] = ((products[c] as number) * factor * factor) / rows;
    }
    const { info, values: dx } = output(inputs.x.shape);
    for (let r = 0, at = 0; r < rows; r++) {
      for (let c = 0; c < channels; c++, at++) {
        const centred = (x[at] as number) - (mean[c] as number);
        dx[at] =
          (factors[c] as number) * ((dy[at] as number) - (sums[c] as number) - centred * (products[c] as number));
      }
    }
    return info;
  },
);

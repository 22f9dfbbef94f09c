import { hostKernel } from '../../backend/host.js';
import { type BatchNormAttributes, normEpsilon } from '../../kernels/attributes.js';
import { Kernel } from '../../kernels/names.js';
import { rowsAndColumns } from '../../kernels/shape.js';
import { behindNorm } from '../activations.js';

/**
 * `dx = scale·(d − mean(d) − x̂·mean(d·x̂)) / sqrt(variance + ε)` (Ioffe and Szegedy 2015, section
 * 3), where `d` is `dy` times the slope of the activation at the normalised value; with the
 * gradients of scale and shift.
 */
export const batchNormGradient = hostKernel<'x' | 'scale' | 'shift' | 'mean' | 'variance' | 'dy', BatchNormAttributes>(
  Kernel.batchNormGradient,
  ({ inputs, attributes, float, output }) => {
    const [rows, channels] = rowsAndColumns(inputs.x);
    const x = float('x');
    const dy = float('dy');
    const [scale, shift, mean] = [float('scale'), float('shift'), float('mean')];
    const { slope } = behindNorm[attributes.activation];
    const deviations = Float64Array.from(float('variance'), (variance) => 1 / Math.sqrt(variance + normEpsilon));
    const normalised = new Float64Array(rows * channels);
    const d = new Float64Array(rows * channels);
    const sums = new Float64Array(channels);
    const products = new Float64Array(channels);
    for (let r = 0, at = 0; r < rows; r++) {
      for (let c = 0; c < channels; c++, at++) {
        const hat = ((x[at] as number) - (mean[c] as number)) * (deviations[c] as number);
        const gradient = (dy[at] as number) * slope(hat * (scale[c] as number) + (shift[c] as number));
        normalised[at] = hat;
        d[at] = gradient;
        sums[c] = (sums[c] as number) + gradient;
        products[c] = (products[c] as number) + gradient * hat;
      }
    }
    const dx = output(inputs.x.shape);
    for (let r = 0, at = 0; r < rows; r++) {
      for (let c = 0; c < channels; c++, at++) {
        const along = ((sums[c] as number) + (normalised[at] as number) * (products[c] as number)) / rows;
        dx.values[at] = (scale[c] as number) * (deviations[c] as number) * ((d[at] as number) - along);
      }
    }
    const [dScale, dShift] = [output([channels]), output([channels])];
    dScale.values.set(products);
    dShift.values.set(sums);
    return [dx.info, dScale.info, dShift.info];
  },
);

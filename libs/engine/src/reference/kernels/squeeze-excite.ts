import { hostKernel } from '../../backend/host.js';
import { Kernel } from '../../kernels/names.js';
import { shape4 } from '../../kernels/shape.js';
import { denseRows } from './dense-rows.js';

/**
 * `x [n, h, w, c]`, `reduce [c, q]`, `reduceBias [q]`, `expand [q, c]`, `expandBias [c]` → `x`
 * times its factors, the means `[n, c]`, the bottleneck `[n, q]` and the factors `[n, c]`.
 */
export const squeezeExcite = hostKernel<'x' | 'reduce' | 'reduceBias' | 'expand' | 'expandBias'>(
  Kernel.squeezeExcite,
  ({ inputs, float, output }) => {
    const [batch, height, width, channels] = shape4(inputs.x);
    const [squeeze = 0] = inputs.reduceBias.shape;
    const x = float('x');
    const [y, mean] = [output(inputs.x.shape), output([batch, channels])];
    const [squeezed, factor] = [output([batch, squeeze]), output([batch, channels])];
    const pixels = height * width;
    const sums = new Float64Array(batch * channels);
    const place = (at: number): number => Math.floor(at / (pixels * channels)) * channels + (at % channels);
    x.forEach((v, at) => {
      sums[place(at)] = (sums[place(at)] as number) + v;
    });
    mean.values.set(sums.map((sum) => sum / pixels));
    denseRows(mean.values, float('reduce'), squeezed.values, channels, squeeze, { bias: float('reduceBias') });
    squeezed.values.forEach((v, i) => {
      squeezed.values[i] = Math.max(0, v);
    });
    denseRows(squeezed.values, float('expand'), factor.values, squeeze, channels, { bias: float('expandBias') });
    factor.values.forEach((v, i) => {
      factor.values[i] = Math.max(0, Math.min(1, v / 6 + 0.5));
    });
    x.forEach((v, at) => {
      y.values[at] = v * (factor.values[place(at)] as number);
    });
    return [y.info, mean.info, squeezed.info, factor.info];
  },
);

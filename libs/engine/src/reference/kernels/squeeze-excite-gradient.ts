import { hostKernel } from '../../backend/host.js';
import type { SqueezeExciteGradientAttributes } from '../../kernels/attributes.js';
import { Kernel, type SqueezeExciteGradientInput } from '../../kernels/names.js';
import { shape4 } from '../../kernels/shape.js';
import { denseRows } from './dense-rows.js';

/** `dx`, and the gradients of both layers where they are wanted. */
export const squeezeExciteGradient = hostKernel<SqueezeExciteGradientInput, SqueezeExciteGradientAttributes>(
  Kernel.squeezeExciteGradient,
  ({ inputs, attributes, float, output }) => {
    const [batch, height, width, channels] = shape4(inputs.x);
    const [squeeze = 0] = inputs.reduceBias.shape;
    const [x, dy, factor, squeezed, mean] = [
      float('x'),
      float('dy'),
      float('factor'),
      float('squeezed'),
      float('mean'),
    ];
    const pixels = height * width;
    const place = (at: number): number => Math.floor(at / (pixels * channels)) * channels + (at % channels);
    const sums = new Float64Array(batch * channels);
    dy.forEach((d, at) => {
      sums[place(at)] = (sums[place(at)] as number) + d * (x[at] as number);
    });
    // Flat where it has reached 0 or 1.
    const dFactor = Float32Array.from(sums, (sum, i) => {
      const reached = factor[i] as number;
      return reached <= 0 || reached >= 1 ? 0 : sum / 6;
    });
    const dSqueezed = new Float32Array(batch * squeeze);
    denseRows(dFactor, float('expand'), dSqueezed, channels, squeeze, { transposed: true });
    dSqueezed.forEach((d, i) => {
      dSqueezed[i] = (squeezed[i] as number) <= 0 ? 0 : d;
    });
    const dMean = new Float32Array(batch * channels);
    denseRows(dSqueezed, float('reduce'), dMean, squeeze, channels, { transposed: true });
    const dx = output(inputs.x.shape);
    dy.forEach((d, at) => {
      dx.values[at] = d * (factor[place(at)] as number) + (dMean[place(at)] as number) / pixels;
    });
    if (!attributes.layers) return [dx.info];
    const [dReduce, dReduceBias] = [output([channels, squeeze]), output([squeeze])];
    const [dExpand, dExpandBias] = [output([squeeze, channels]), output([channels])];
    outerSums(mean, dSqueezed, dReduce.values, channels, squeeze);
    outerSums(new Float32Array(batch).fill(1), dSqueezed, dReduceBias.values, 1, squeeze);
    outerSums(squeezed, dFactor, dExpand.values, squeeze, channels);
    outerSums(new Float32Array(batch).fill(1), dFactor, dExpandBias.values, 1, channels);
    return [dx.info, dReduce.info, dReduceBias.info, dExpand.info, dExpandBias.info];
  },
);

/** `out [a, b] = leftᵀ · right` for rows of `a` and of `b` values. */
function outerSums(left: Float32Array, right: Float32Array, out: Float32Array, a: number, b: number): void {
  const rows = right.length / b;
  out.forEach((_, at) => {
    const [i, j] = [Math.floor(at / b), at % b];
    let sum = 0;
    for (let row = 0; row < rows; row++) sum += (left[row * a + i] as number) * (right[row * b + j] as number);
    out[at] = sum;
  });
}

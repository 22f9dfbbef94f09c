import { hostKernel } from '../../backend/host.js';
import { type PoolAttributes, windowCount } from '../../kernels/attributes.js';
import { Kernel } from '../../kernels/names.js';
import { shape4 } from '../../kernels/shape.js';

/**
 * `x [n, h, w, c]` → `[n, oh, ow, c]`; the padding counts neither as a value nor in the average.
 */
export const pool = hostKernel<'x', PoolAttributes>(Kernel.pool, ({ inputs, attributes, float, output }) => {
  const [batch, height, width, channels] = shape4(inputs.x);
  const { pool: kind, size, stride, padding } = attributes;
  const outHeight = windowCount(height, size, { stride, dilation: 1 }, padding, padding);
  const outWidth = windowCount(width, size, { stride, dilation: 1 }, padding, padding);
  const x = float('x');
  const { info, values: y } = output([batch, outHeight, outWidth, channels]);
  y.fill(kind === 'max' ? Number.NEGATIVE_INFINITY : 0);
  let at = 0;
  for (let n = 0; n < batch; n++) {
    for (let oy = 0; oy < outHeight; oy++) {
      const y0 = Math.max(0, oy * stride - padding);
      const y1 = Math.min(height, oy * stride - padding + size);
      for (let ox = 0; ox < outWidth; ox++, at += channels) {
        const x0 = Math.max(0, ox * stride - padding);
        const x1 = Math.min(width, ox * stride - padding + size);
        for (let iy = y0; iy < y1; iy++) {
          for (let ix = x0; ix < x1; ix++) {
            const pixel = ((n * height + iy) * width + ix) * channels;
            for (let c = 0; c < channels; c++) {
              const value = x[pixel + c] as number;
              const soFar = y[at + c] as number;
              // Math.max lets NaN through, as a comparison would not.
              y[at + c] = kind === 'max' ? Math.max(soFar, value) : soFar + value;
            }
          }
        }
        if (kind === 'average') {
          const count = (y1 - y0) * (x1 - x0);
          for (let c = 0; c < channels; c++) y[at + c] = (y[at + c] as number) / count;
        }
      }
    }
  }
  return info;
});

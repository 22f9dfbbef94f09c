import { hostKernel } from '../../backend/host.js';
import type { PoolAttributes } from '../../kernels/attributes.js';
import { Kernel } from '../../kernels/names.js';
import { shape4 } from '../../kernels/shape.js';

/**
 * `x [n, h, w, c]`, `dy [n, oh, ow, c]` → `dx`. A maximum's gradient goes to its first place in
 * row-major order.
 */
export const poolGradient = hostKernel<'x' | 'dy', PoolAttributes>(
  Kernel.poolGradient,
  ({ inputs, attributes, float, output }) => {
    const [batch, height, width, channels] = shape4(inputs.x);
    const [, outHeight, outWidth] = shape4(inputs.dy);
    const { pool, size, stride, padding } = attributes;
    const x = float('x');
    const dy = float('dy');
    const { info, values: dx } = output(inputs.x.shape);
    dx.fill(0);
    const best = new Float32Array(channels);
    const place = new Int32Array(channels);
    let at = 0;
    for (let n = 0; n < batch; n++) {
      for (let oy = 0; oy < outHeight; oy++) {
        const y0 = Math.max(0, oy * stride - padding);
        const y1 = Math.min(height, oy * stride - padding + size);
        for (let ox = 0; ox < outWidth; ox++, at += channels) {
          const x0 = Math.max(0, ox * stride - padding);
          const x1 = Math.min(width, ox * stride - padding + size);
          const share = 1 / ((y1 - y0) * (x1 - x0));
          if (pool === 'max') {
            best.fill(Number.NEGATIVE_INFINITY);
            place.fill(((n * height + y0) * width + x0) * channels);
          }
          for (let iy = y0; iy < y1; iy++) {
            for (let ix = x0; ix < x1; ix++) {
              const pixel = ((n * height + iy) * width + ix) * channels;
              for (let c = 0; c < channels; c++) {
                if (pool === 'average') {
                  dx[pixel + c] = (dx[pixel + c] as number) + (dy[at + c] as number) * share;
                } else {
                  const value = x[pixel + c] as number;
                  if (value > (best[c] as number) || Number.isNaN(value)) {
                    best[c] = value;
                    place[c] = pixel;
                  }
                }
              }
            }
          }
          if (pool === 'max') {
            for (let c = 0; c < channels; c++) {
              const winner = (place[c] as number) + c;
              dx[winner] = (dx[winner] as number) + (dy[at + c] as number);
            }
          }
        }
      }
    }
    return info;
  },
);

import { hostKernel } from '../../backend/host.js';
import type { KernelGradientAttributes } from '../../kernels/attributes.js';
import { Kernel } from '../../kernels/names.js';
import { shape4 } from '../../kernels/shape.js';

/** `x [n, h, w, in]`, `dy [n, oh, ow, out]` → `dkernel [kh, kw, in, out]`. */
export const convolutionKernelGradient = hostKernel<'x' | 'dy', KernelGradientAttributes>(
  Kernel.convolutionKernelGradient,
  ({ inputs, attributes, float, output }) => {
    const [batch, height, width, channelsIn] = shape4(inputs.x);
    const [, outHeight, outWidth, channelsOut] = shape4(inputs.dy);
    const { stride, dilation, top, left, kernelHeight, kernelWidth } = attributes;
    const x = float('x');
    const dy = float('dy');
    const { info, values } = output([kernelHeight, kernelWidth, channelsIn, channelsOut]);
    const sums = new Float64Array(values.length);
    let at = 0;
    for (let n = 0; n < batch; n++) {
      for (let oy = 0; oy < outHeight; oy++) {
        for (let ox = 0; ox < outWidth; ox++, at += channelsOut) {
          for (let ky = 0; ky < kernelHeight; ky++) {
            const iy = oy * stride - top + ky * dilation;
            if (iy < 0 || iy >= height) continue;
            for (let kx = 0; kx < kernelWidth; kx++) {
              const ix = ox * stride - left + kx * dilation;
              if (ix < 0 || ix >= width) continue;
              const pixel = ((n * height + iy) * width + ix) * channelsIn;
              let weight = (ky * kernelWidth + kx) * channelsIn * channelsOut;
              for (let i = 0; i < channelsIn; i++) {
                const value = x[pixel + i] as number;
                for (let o = 0; o < channelsOut; o++, weight++) {
                  sums[weight] = (sums[weight] as number) + value * (dy[at + o] as number);
                }
              }
            }
          }
        }
      }
    }
    values.set(sums);
    return info;
  },
);

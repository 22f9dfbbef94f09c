import { hostKernel } from '../../backend/host.js';
import { type WindowAttributes, windowCount } from '../../kernels/attributes.js';
import { Kernel } from '../../kernels/names.js';
import { shape4 } from '../../kernels/shape.js';

/** `x [n, h, w, in]`, `kernel [kh, kw, in, out]` → `[n, oh, ow, out]`. */
export const convolution = hostKernel<'x' | 'kernel', WindowAttributes>(
  Kernel.convolution,
  ({ inputs, attributes, float, output }) => {
    const [batch, height, width, channelsIn] = shape4(inputs.x);
    const [kernelHeight, kernelWidth, , channelsOut] = shape4(inputs.kernel);
    const { stride, dilation, top, bottom, left, right } = attributes;
    const outHeight = windowCount(height, kernelHeight, attributes, top, bottom);
    const outWidth = windowCount(width, kernelWidth, attributes, left, right);
    const x = float('x');
    const kernel = float('kernel');
    const { info, values: y } = output([batch, outHeight, outWidth, channelsOut]);
    const sums = new Float64Array(channelsOut);
    let at = 0;
    for (let n = 0; n < batch; n++) {
      for (let oy = 0; oy < outHeight; oy++) {
        for (let ox = 0; ox < outWidth; ox++) {
          sums.fill(0);
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
                for (let o = 0; o < channelsOut; o++) {
                  sums[o] = (sums[o] as number) + value * (kernel[weight++] as number);
                }
              }
            }
          }
          y.set(sums, at);
          at += channelsOut;
        }
      }
    }
    return info;
  },
);

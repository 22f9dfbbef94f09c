import { hostKernel } from '../../backend/host.js';
import type { KernelGradientAttributes } from '../../kernels/attributes.js';
import { Kernel } from '../../kernels/names.js';
import { shape4 } from '../../kernels/shape.js';

/** `x [n, h, w, c]`, `dy [n, oh, ow, c]` → `dkernel [kh, kw, c]`. */
export const depthwiseConvolutionKernelGradient = hostKernel<'x' | 'dy', KernelGradientAttributes>(
  Kernel.depthwiseConvolutionKernelGradient,
  ({ inputs, attributes, float, output }) => {
    const [batch, height, width, channels] = shape4(inputs.x);
    const [, outHeight, outWidth] = shape4(inputs.dy);
    const { stride, dilation, top, left, kernelHeight, kernelWidth } = attributes;
    const x = float('x');
    const dy = float('dy');
    const { info, values } = output([kernelHeight, kernelWidth, channels]);
    const sums = new Float64Array(values.length);
    let at = 0;
    for (let n = 0; n < batch; n++) {
      for (let oy = 0; oy < outHeight; oy++) {
        for (let ox = 0; ox < outWidth; ox++, at += channels) {
          for (let ky = 0; ky < kernelHeight; ky++) {
            const iy = oy * stride - top + ky * dilation;
            if (iy < 0 || iy >= height) continue;
            for (let kx = 0; kx < kernelWidth; kx++) {
              const ix = ox * stride - left + kx * dilation;
              if (ix < 0 || ix >= width) continue;
              const pixel = ((n * height + iy) * width + ix) * channels;
              const weight = (ky * kernelWidth + kx) * channels;
              for (let c = 0; c < channels; c++) {
                sums[weight + c] = (sums[weight + c] as number) + (x[pixel + c] as number) * (dy[at + c] as number);
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

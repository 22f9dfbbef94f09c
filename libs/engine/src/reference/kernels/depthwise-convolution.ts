import { hostKernel } from '../../backend/host.js';
import { type WindowAttributes, windowCount } from '../../kernels/attributes.js';
import { Kernel } from '../../kernels/names.js';
import { shape3, shape4 } from '../../kernels/shape.js';

/** `x [n, h, w, c]`, `kernel [kh, kw, c]` → `[n, oh, ow, c]`. */
export const depthwiseConvolution = hostKernel<'x' | 'kernel', WindowAttributes>(
  Kernel.depthwiseConvolution,
  ({ inputs, attributes, float, output }) => {
    const [batch, height, width, channels] = shape4(inputs.x);
    const [kernelHeight, kernelWidth] = shape3(inputs.kernel);
    const { stride, dilation, top, bottom, left, right } = attributes;
    const outHeight = windowCount(height, kernelHeight, attributes, top, bottom);
    const outWidth = windowCount(width, kernelWidth, attributes, left, right);
    const x = float('x');
    const kernel = float('kernel');
    const { info, values: y } = output([batch, outHeight, outWidth, channels]);
    y.fill(0);
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
                y[at + c] = (y[at + c] as number) + (x[pixel + c] as number) * (kernel[weight + c] as number);
              }
            }
          }
        }
      }
    }
    return info;
  },
);

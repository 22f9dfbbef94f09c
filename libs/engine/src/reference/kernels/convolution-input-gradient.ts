import { hostKernel } from '../../backend/host.js';
import type { InputGradientAttributes } from '../../kernels/attributes.js';
import { Kernel } from '../../kernels/names.js';
import { shape4 } from '../../kernels/shape.js';

/** `dy [n, oh, ow, out]`, `kernel [kh, kw, in, out]` → `dx [n, h, w, in]`. */
export const convolutionInputGradient = hostKernel<'dy' | 'kernel', InputGradientAttributes>(
  Kernel.convolutionInputGradient,
  ({ inputs, attributes, float, output }) => {
    const [batch, outHeight, outWidth, channelsOut] = shape4(inputs.dy);
    const [kernelHeight, kernelWidth, channelsIn] = shape4(inputs.kernel);
    const { stride, dilation, top, left, inputHeight: height, inputWidth: width } = attributes;
    const dy = float('dy');
    const kernel = float('kernel');
    const { info, values: dx } = output([batch, height, width, channelsIn]);
    dx.fill(0);
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
                let sum = 0;
                for (let o = 0; o < channelsOut; o++) sum += (dy[at + o] as number) * (kernel[weight++] as number);
                dx[pixel + i] = (dx[pixel + i] as number) + sum;
              }
            }
          }
        }
      }
    }
    return info;
  },
);

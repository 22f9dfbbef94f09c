import { hostKernel } from '../../backend/host.js';
import type { InputGradientAttributes } from '../../kernels/attributes.js';
import { Kernel } from '../../kernels/names.js';
import { shape3, shape4 } from '../../kernels/shape.js';

/** `dy [n, oh, ow, c]`, `kernel [kh, kw, c]` → `dx [n, h, w, c]`. */
export const depthwiseConvolutionInputGradient = hostKernel<'dy' | 'kernel', InputGradientAttributes>(
  Kernel.depthwiseConvolutionInputGradient,
  ({ inputs, attributes, float, output }) => {
    const [batch, outHeight, outWidth, channels] = shape4(inputs.dy);
    const [kernelHeight, kernelWidth] = shape3(inputs.kernel);
    const { stride, dilation, top, left, inputHeight: height, inputWidth: width } = attributes;
    const dy = float('dy');
    const kernel = float('kernel');
    const { info, values: dx } = output([batch, height, width, channels]);
    dx.fill(0);
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
                dx[pixel + c] = (dx[pixel + c] as number) + (dy[at + c] as number) * (kernel[weight + c] as number);
              }
            }
          }
        }
      }
    }
    return info;
  },
);

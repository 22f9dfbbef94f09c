import { invalidArgument } from '../errors.js';
import { Kernel } from '../kernels/names.js';
import { runKernel } from '../kernels/run.js';
import { shape4 } from '../kernels/shape.js';
import type { Tensor } from '../tensor/tensor.js';
import { type WindowOptions, windowAttributes } from './window.js';

/** `x [n, h, w, in]`, `kernel [kh, kw, in, out]` → `[n, oh, ow, out]`, without bias. */
export function convolution(x: Tensor, kernel: Tensor, options: WindowOptions = {}): Tensor {
  const [, height, width, channels] = shape4(x);
  const [kernelHeight, kernelWidth, channelsIn] = shape4(kernel);
  if (channels !== channelsIn) invalidArgument('kernel', `expected ${channels} input channels, found ${channelsIn}`);
  const attributes = windowAttributes(options, [height, width], [kernelHeight, kernelWidth]);
  return runKernel(Kernel.convolution, { x, kernel }, attributes);
}

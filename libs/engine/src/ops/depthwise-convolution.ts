import { invalidArgument } from '../errors.js';
import { Kernel } from '../kernels/names.js';
import { runKernel } from '../kernels/run.js';
import { shape3, shape4 } from '../kernels/shape.js';
import type { Tensor } from '../tensor/tensor.js';
import { type WindowOptions, windowAttributes } from './window.js';

/**
 * `x [n, h, w, c]`, `kernel [kh, kw, c]` → `[n, oh, ow, c]`: every channel with a kernel of its
 * own.
 */
export function depthwiseConvolution(x: Tensor, kernel: Tensor, options: WindowOptions = {}): Tensor {
  const [, height, width, channels] = shape4(x);
  const [kernelHeight, kernelWidth, kernelChannels] = shape3(kernel);
  if (channels !== kernelChannels) invalidArgument('kernel', `expected ${channels} channels, found ${kernelChannels}`);
  const attributes = windowAttributes(options, [height, width], [kernelHeight, kernelWidth]);
  return runKernel(Kernel.depthwiseConvolution, { x, kernel }, attributes);
}

import { invalidArgument } from '../errors.js';
import { Kernel } from '../kernels/names.js';
import { runKernel } from '../kernels/run.js';
import { shape4 } from '../kernels/shape.js';
import type { Tensor } from '../tensor/tensor.js';
import { concat, slice } from './shape.js';
import { type WindowOptions, windowAttributes } from './window.js';

export interface ConvolutionOptions extends WindowOptions {
  /** Channels in and out are split into so many groups, each with kernels of its own. Default 1. */
  readonly groups?: number;
}

/**
 * `x [n, h, w, in]`, `kernel [kh, kw, in / groups, out]` → `[n, oh, ow, out]`, without bias: add
 * `[out]` to it. Where every channel is a group of its own, `depthwiseConvolution` is faster.
 */
export function convolution(x: Tensor, kernel: Tensor, options: ConvolutionOptions = {}): Tensor {
  const { groups = 1 } = options;
  const [, height, width, channels] = shape4(x);
  const [kernelHeight, kernelWidth, channelsIn, channelsOut] = shape4(kernel);
  if (!Number.isInteger(groups) || groups < 1 || channels % groups !== 0 || channelsOut % groups !== 0) {
    const allowed = `a divisor of the ${channels} channels in and the ${channelsOut} out`;
    invalidArgument('groups', `expected ${allowed}, found ${groups}`);
  }
  const perGroup = channels / groups;
  if (perGroup !== channelsIn) invalidArgument('kernel', `expected ${perGroup} input channels, found ${channelsIn}`);
  const attributes = windowAttributes(options, [height, width], [kernelHeight, kernelWidth]);
  const run = (part: Tensor, weights: Tensor): Tensor =>
    runKernel(Kernel.convolution, { x: part, kernel: weights }, attributes);
  if (groups === 1) return run(x, kernel);
  const outPerGroup = channelsOut / groups;
  const parts = Array.from({ length: groups }, (_, g) =>
    run(
      slice(x, [0, 0, 0, g * perGroup], [-1, -1, -1, perGroup]),
      slice(kernel, [0, 0, 0, g * outPerGroup], [-1, -1, -1, outPerGroup]),
    ),
  );
  return concat(parts, 3);
}

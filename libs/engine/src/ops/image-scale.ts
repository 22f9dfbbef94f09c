import { Kernel } from '../kernels/names.js';
import { runKernel } from '../kernels/run.js';
import type { Tensor } from '../tensor/tensor.js';

/** `x [n, ...]` times `coefficient [1]`, or `coefficient [n]` with one factor per image. */
export function imageScale(x: Tensor, coefficient: Tensor): Tensor {
  return runKernel(Kernel.imageScale, { x, coefficient });
}

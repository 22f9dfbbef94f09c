import { Kernel } from '../kernels/names.js';
import { runKernel } from '../kernels/run.js';
import type { Tensor } from '../tensor/tensor.js';

/** `x [..., c]`, `scale [c]`, `shift [c]` → `x·scale + shift`. */
export function channelScaleShift(x: Tensor, scale: Tensor, shift: Tensor): Tensor {
  return runKernel(Kernel.channelScaleShift, { x, scale, shift });
}

import { Kernel } from '../kernels/names.js';
import { runKernel } from '../kernels/run.js';
import type { Tensor } from '../tensor/tensor.js';
import { shown } from './observe-relu.js';

/** `max(x, 0)`; the gradient at 0 is 0. */
export function relu(x: Tensor): Tensor {
  return shown(runKernel(Kernel.relu, { x }));
}

import { Kernel } from '../kernels/names.js';
import { runKernel } from '../kernels/run.js';
import { shape4 } from '../kernels/shape.js';
import type { Tensor } from '../tensor/tensor.js';

/** `x [n, h, w, c]` → mean over height and width `[n, c]`. */
export function globalAveragePool(x: Tensor): Tensor {
  shape4(x);
  return runKernel(Kernel.globalAveragePool, { x });
}

import { Kernel } from '../kernels/names.js';
import { runKernel } from '../kernels/run.js';
import type { Tensor } from '../tensor/tensor.js';
import { customGradient } from './custom-gradient.js';

/**
 * The nearest bfloat16 values, of two the even one, as float32; beyond the largest infinity, and
 * NaN stays NaN. The gradient passes unchanged.
 */
export function roundBf16(x: Tensor): Tensor {
  return runKernel(Kernel.roundBf16, { x });
}

const withRoundedGradient = customGradient(([x]) => ({
  value: (x as Tensor).clone(),
  gradients: (dy) => [roundBf16(dy)],
}));

/** The same values; the gradient is rounded as {@link roundBf16} rounds. */
export function roundGradientBf16(x: Tensor): Tensor {
  return withRoundedGradient(x);
}

import { mul } from '../ops/elementwise.js';
import { tidy } from '../tensor/memory.js';
import { view } from '../tensor/read.js';
import type { Tensor } from '../tensor/tensor.js';
import { optimizerArithmetic } from './arithmetic.js';

/**
 * Scales all gradients by `maximum / (norm + 1e-6)` where their common norm exceeds the maximum, as
 * PyTorch.
 * @returns new tensors where scaled, the given ones where not, and the norm before
 */
export function clipGlobalNorm(gradients: readonly Tensor[], maximum: number): { gradients: Tensor[]; norm: number } {
  const { squaredNorm } = optimizerArithmetic();
  const norm = Math.sqrt(gradients.reduce((total, gradient) => total + squaredNorm(view(gradient)), 0));
  const factor = maximum / (norm + 1e-6);
  if (!(factor < 1)) return { gradients: [...gradients], norm };
  return tidy(() => ({ gradients: gradients.map((gradient) => mul(gradient, factor)), norm }));
}

import { mul } from '../ops/elementwise.js';
import { tidy } from '../tensor/memory.js';
import { read } from '../tensor/read.js';
import type { Tensor } from '../tensor/tensor.js';

/**
 * Scales all gradients by `maximum / (norm + 1e-6)` where their common norm exceeds the maximum, as PyTorch.
 * @returns new tensors where scaled, the given ones where not, and the norm before
 */
export function clipGlobalNorm(gradients: readonly Tensor[], maximum: number): { gradients: Tensor[]; norm: number } {
  let squares = 0;
  for (const gradient of gradients) {
    for (const value of read(gradient)) squares += value * value;
  }
  const norm = Math.sqrt(squares);
  const factor = maximum / (norm + 1e-6);
  if (!(factor < 1)) return { gradients: [...gradients], norm };
  return tidy(() => ({ gradients: gradients.map((gradient) => mul(gradient, factor)), norm }));
}

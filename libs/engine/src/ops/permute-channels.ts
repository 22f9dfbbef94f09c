import { labels } from '../tensor/create.js';
import type { Tensor } from '../tensor/tensor.js';
import { customGradient } from './custom-gradient.js';
import { gather } from './shape.js';

/**
 * Entries of the last axis in another order: `out[…, i] = x[…, order[i]]`, `order` a permutation;
 * the gradient puts them back.
 */
export function permuteChannels(x: Tensor, order: readonly number[]): Tensor {
  const axis = x.shape.length - 1;
  const there = Int32Array.from(order);
  const back = new Int32Array(there.length);
  there.forEach((from, to) => {
    back[from] = to;
  });
  const permute = customGradient(([value]) => ({
    value: gather(value as Tensor, labels(there), axis),
    gradients: (dy) => [gather(dy, labels(back), axis)],
  }));
  return permute(x);
}

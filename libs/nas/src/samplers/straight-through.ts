import { add, stopGradient, sub, type Tensor } from '@oneshot/engine';

/** The values of `hard`, exactly, with the gradient of `soft`. */
export function straightThrough(hard: Tensor, soft: Tensor): Tensor {
  return add(hard, sub(soft, stopGradient(soft)));
}

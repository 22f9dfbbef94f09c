import type { Tensor } from '../tensor/tensor.js';
import { add } from './elementwise.js';
import { matMul } from './mat-mul.js';

/** `x [n, in] · weights [in, out] + bias [out]` → `[n, out]`. */
export function linear(x: Tensor, weights: Tensor, bias: Tensor): Tensor {
  return add(matMul(x, weights), bias);
}

import { matMul as coreMatMul } from '@tensorflow/tfjs-core';
import type { Tensor } from '../tensor/tensor.js';

export interface MatMulOptions {
  readonly transposeA?: boolean;
  readonly transposeB?: boolean;
}

/** Matrix product over the last two axes. */
export function matMul(a: Tensor, b: Tensor, { transposeA = false, transposeB = false }: MatMulOptions = {}): Tensor {
  return coreMatMul(a, b, transposeA, transposeB);
}

import { BatchMatMul } from '@tensorflow/tfjs-core';
import { matMul } from '../ops/mat-mul.js';
import type { Tensor } from '../tensor/tensor.js';
import { unbroadcast } from './broadcast.js';
import { at, gradient } from './gradient.js';

/** With `C = A·B`: `dA = dC·Bᵀ`, `dB = Aᵀ·dC`, each transposed where the operand was. */
export const matMulGradient = gradient<{ transposeA: boolean; transposeB: boolean }>({
  kernel: BatchMatMul,
  inputs: ['a', 'b'],
  gradients: (dys, saved, { transposeA, transposeB }) => {
    const [dy, a, b] = [at(dys, 0), at(saved, 0), at(saved, 1)];
    const da = (): Tensor =>
      transposeA
        ? matMul(b, dy, { transposeA: transposeB, transposeB: true })
        : matMul(dy, b, { transposeB: !transposeB });
    const db = (): Tensor =>
      transposeB
        ? matMul(dy, a, { transposeA: true, transposeB: transposeA })
        : matMul(a, dy, { transposeA: !transposeA });
    return { a: () => unbroadcast(da(), a.shape), b: () => unbroadcast(db(), b.shape) };
  },
});

import { BatchMatMul } from '@tensorflow/tfjs-core';
import { isFloat, orElse } from '../../backend/or-else.js';
import { nativeKernel } from '../kernel.js';

/** Matrices of equal batch shapes; others go to the JavaScript kernel, which broadcasts. */
export const matMul = orElse<'a' | 'b'>(
  BatchMatMul,
  ({ a, b }) => isFloat(a) && isFloat(b) && a.shape.slice(0, -2).join() === b.shape.slice(0, -2).join(),
  nativeKernel<'a' | 'b', { transposeA: boolean; transposeB: boolean }>(
    BatchMatMul,
    ({ inputs: { a, b }, attributes: { transposeA, transposeB }, float, output }, addon) => {
      const outer = a.shape.slice(0, -2);
      const [aRows = 1, aColumns = 1] = a.shape.slice(-2);
      const [bRows = 1, bColumns = 1] = b.shape.slice(-2);
      const [rows, inner] = transposeA ? [aColumns, aRows] : [aRows, aColumns];
      const columns = transposeB ? bRows : bColumns;
      const batch = outer.reduce((product, length) => product * length, 1);
      const { info, values } = output([...outer, rows, columns]);
      addon.matMul(batch, rows, inner, columns, transposeA, transposeB, float('a'), float('b'), values);
      return info;
    },
  ),
);

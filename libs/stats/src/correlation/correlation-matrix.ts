import { StatisticsError } from '../errors.js';
import { checkedMatrix, type Matrix, type MatrixInput, rowOf } from '../matrix.js';

/**
 * Correlation of each row with each row, such as benchmarks by how they order the methods.
 *
 * @param rows `[benchmarks, methods]`
 * @param coefficient of two rows; symmetric, e.g. `(x, y) => kendall(x, y).tau`
 * @returns `[benchmarks, benchmarks]`, symmetric, 1 on the diagonal
 * @throws StatisticsError what `coefficient` throws, with the row at fault as field
 */
export function correlationMatrix(
  rows: MatrixInput,
  coefficient: (x: Float64Array, y: Float64Array) => number,
): Matrix {
  const matrix = checkedMatrix(rows, 'rows', 1, 2);
  const size = matrix.rows;
  const values = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    values[i * size + i] = 1;
    for (let j = 0; j < i; j++) {
      const value = named(i, j, () => coefficient(rowOf(matrix, i), rowOf(matrix, j)));
      values[i * size + j] = value;
      values[j * size + i] = value;
    }
  }
  return { rows: size, columns: size, values };
}

function named(i: number, j: number, compute: () => number): number {
  try {
    return compute();
  } catch (error) {
    if (!(error instanceof StatisticsError)) throw error;
    const field = error.field === 'y' ? `rows[${j}]` : `rows[${i}]`;
    throw new StatisticsError(error.code, field, error.found, error.allowed);
  }
}

import { kendall, type Matrix, StatisticsError } from '@oneshot/stats';

/**
 * Kendall's τ-b between benchmarks, by how they order the methods; `null` where a benchmark ties
 * all methods.
 */
export function benchmarkAgreement({ rows, columns, values }: Matrix): (number | null)[][] {
  const lines = Array.from({ length: rows }, (_, row) => values.subarray(row * columns, (row + 1) * columns));
  return lines.map((line, row) =>
    lines.map((other, column) => (row === column ? 1 : column < row ? agreement(other, line) : agreement(line, other))),
  );
}

function agreement(x: Float64Array, y: Float64Array): number | null {
  try {
    return kendall(x, y, { method: 'asymptotic' }).tau;
  } catch (error) {
    if (error instanceof StatisticsError && error.code === 'constant') return null;
    throw error;
  }
}

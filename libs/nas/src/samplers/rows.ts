/**
 * Applies `change` to each row of a row-major matrix of `columns` columns; returns a new matrix.
 */
export function mapRows(
  matrix: ArrayLike<number>,
  columns: number,
  change: (row: readonly number[]) => readonly number[],
): Float32Array {
  const result = new Float32Array(matrix.length);
  for (let start = 0; start < matrix.length; start += columns) {
    const row = Array.from({ length: columns }, (_, column) => matrix[start + column] ?? 0);
    result.set(change(row), start);
  }
  return result;
}

/** exp(xᵢ) / Σ exp(xⱼ), in double precision. */
export function softmaxRow(row: readonly number[]): readonly number[] {
  const largest = Math.max(...row);
  const powers = row.map((value) => Math.exp(value - largest));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}

/** Index of the largest value, the first of equals. */
export function argMaxRow(row: readonly number[]): number {
  return row.reduce((best, value, index) => (value > (row[best] ?? Number.NEGATIVE_INFINITY) ? index : best), 0);
}

/** Indices of the largest values, the first of equals first; in rising order. */
export function largestColumns(row: readonly number[], count: number): readonly number[] {
  const ranked = row.map((value, column) => ({ value, column })).sort((a, b) => b.value - a.value);
  return ranked
    .slice(0, count)
    .map(({ column }) => column)
    .sort((a, b) => a - b);
}

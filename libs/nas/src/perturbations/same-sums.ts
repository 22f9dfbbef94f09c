import { mapRows } from '../samplers/rows.js';

/**
 * Weights below 0 become 0, and each row is scaled to the sum it had (the authors' projection; 1
 * for weights of a simplex). A row of which nothing is left stays as it was drawn.
 */
export function sameSums(moved: Float32Array, drawn: Float32Array, columns: number): Float32Array {
  const before = rowSums(drawn, columns);
  const positive = moved.map((weight) => Math.max(0, weight));
  const after = rowSums(positive, columns);
  let row = 0;
  return mapRows(positive, columns, (weights) => {
    const at = row++;
    const sum = after[at] ?? 0;
    if (sum > 0) return weights.map((weight) => (weight * (before[at] ?? 0)) / sum);
    return [...drawn.subarray(at * columns, (at + 1) * columns)];
  });
}

function rowSums(values: Float32Array, columns: number): readonly number[] {
  return Array.from({ length: values.length / columns }, (_, row) =>
    values.subarray(row * columns, (row + 1) * columns).reduce((sum, value) => sum + value, 0),
  );
}

interface DenseOptions {
  /** `[columns]`, default zeros. */
  readonly bias?: Float32Array;
  /** Whether the matrix lies transposed in memory, `[columns, inner]`. Default false. */
  readonly transposed?: boolean;
}

/** `out [rows, columns] = x [rows, inner] · matrix [inner, columns] + bias`. */
export function denseRows(
  x: Float32Array,
  matrix: Float32Array,
  out: Float32Array,
  inner: number,
  columns: number,
  { bias, transposed = false }: DenseOptions = {},
): void {
  out.forEach((_, at) => {
    const [row, column] = [Math.floor(at / columns), at % columns];
    let sum = bias?.[column] ?? 0;
    for (let k = 0; k < inner; k++) {
      const place = transposed ? column * inner + k : k * columns + column;
      sum += (x[row * inner + k] as number) * (matrix[place] as number);
    }
    out[at] = sum;
  });
}

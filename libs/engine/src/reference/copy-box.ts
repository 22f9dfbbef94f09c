/** An array with its shape and the corner of a box in it. */
export interface Corner<Values> {
  readonly values: Values;
  readonly shape: readonly number[];
  readonly begin: readonly number[];
}

/** Copies a box of lengths `size` from one array into another, run by run. */
export function copyBox(from: Corner<Float32Array>, to: Corner<Float32Array>, size: readonly number[]): void {
  const axes = size.length;
  // Trailing axes that the box fills in both arrays lie in one run with the axis before them.
  let axis = axes - 1;
  let run = 1;
  while (axis >= 0) {
    const length = size[axis] ?? 1;
    run *= length;
    if (axis === 0 || length !== from.shape[axis] || length !== to.shape[axis]) break;
    axis--;
  }
  const copy = (at: number, source: number, target: number): void => {
    const begin = source * (from.shape[at] ?? 1) + (from.begin[at] ?? 0);
    const end = target * (to.shape[at] ?? 1) + (to.begin[at] ?? 0);
    if (at >= axis) {
      const inner = run / (size[axis] ?? 1);
      to.values.set(from.values.subarray(begin * inner, begin * inner + run), end * inner);
      return;
    }
    for (let i = 0, count = size[at] ?? 1; i < count; i++) copy(at + 1, begin + i, end + i);
  };
  if (run > 0 && !size.includes(0)) copy(0, 0, 0);
}

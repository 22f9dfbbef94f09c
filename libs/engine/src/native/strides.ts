/** How many values one step along each axis of a row-major array passes. */
export function rowMajorStrides(shape: readonly number[]): number[] {
  const strides = shape.map(() => 1);
  for (let axis = shape.length - 2; axis >= 0; axis--) {
    strides[axis] = (strides[axis + 1] ?? 1) * (shape[axis + 1] ?? 1);
  }
  return strides;
}

/** One axis of a loop over several arrays: its length, and each array's stride. */
export interface LoopAxis {
  readonly length: number;
  readonly strides: readonly number[];
}

/**
 * The same places in the same order with as few axes as can be: those of length 1 go, neighbours
 * that continue each other join.
 */
export function joined(axes: readonly LoopAxis[]): LoopAxis[] {
  const out: LoopAxis[] = [];
  for (const axis of axes) {
    if (axis.length === 1) continue;
    const before = out.at(-1);
    if (before?.strides.every((stride, i) => stride === (axis.strides[i] ?? 0) * axis.length)) {
      out[out.length - 1] = { length: before.length * axis.length, strides: axis.strides };
    } else {
      out.push(axis);
    }
  }
  return out.length > 0 ? out : [{ length: 1, strides: axes[0]?.strides.map(() => 1) ?? [] }];
}

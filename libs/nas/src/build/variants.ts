import type { ValueShape } from './value.js';

/** Every way to pick one entry of each list, the last list varying fastest. */
export function combinations(lists: readonly (readonly string[])[]): readonly (readonly string[])[] {
  return lists.reduce<readonly (readonly string[])[]>(
    (rows, list) => rows.flatMap((row) => list.map((entry) => [...row, entry])),
    [[]],
  );
}

/** The common shape of values that differ in their last axis only: the widest one. */
export function widest(shapes: readonly ValueShape[], label: string): ValueShape {
  const [first = [], ...others] = shapes;
  for (const shape of others) {
    const fits = shape.length === first.length && shape.slice(0, -1).every((size, axis) => size === first[axis]);
    if (!fits) {
      throw new RangeError(`${label}: values of shape [${first.join(', ')}] and [${shape.join(', ')}] do not add up`);
    }
  }
  return [...first.slice(0, -1), Math.max(...shapes.map((shape) => shape.at(-1) ?? 0))];
}

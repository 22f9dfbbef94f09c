import type { StateShape } from '@oneshot/engine';

/**
 * Shape of a value, the batch left out: `[height, width, channels]` of a feature map, `[features]`
 * of a vector. Channels and features stand last.
 */
export type ValueShape = readonly number[];

/**
 * Something a network computes while it is described: a feature map, a vector. Made by a Builder
 * only.
 */
export interface Value {
  readonly shape: ValueShape;
}

/** A feature map's shape by name. Throws RangeError for a value that is no feature map. */
export function mapShape(shape: ValueShape): StateShape {
  const [height, width, channels] = shape;
  if (shape.length !== 3 || height === undefined || width === undefined || channels === undefined) {
    throw new RangeError(`found a value of shape [${shape.join(', ')}]; expected [height, width, channels]`);
  }
  return { height, width, channels };
}

export function shapeOf({ height, width, channels }: StateShape): ValueShape {
  return [height, width, channels];
}

/** Number of values in an array of this shape. */
export function shapeSize(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

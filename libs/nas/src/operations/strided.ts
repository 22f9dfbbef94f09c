import { mapShape, type ValueShape } from '../build/value.js';

/**
 * Options of an operation of an edge: it reads a state at a stride and keeps the channels. Default
 * stride 1.
 */
export type Strided = { readonly stride?: 1 | 2 };

/** The state at a stride, sides rounded up. */
export function stridedShape([input]: readonly ValueShape[], { stride = 1 }: Strided): ValueShape {
  const { height, width, channels } = mapShape(input ?? []);
  return [Math.ceil(height / stride), Math.ceil(width / stride), channels];
}

import type { ValueShape } from '../build/value.js';
import type { OnnxGraph } from './operation.js';

/** An array's axes in another order. */
export function reordered(values: Float32Array, shape: readonly number[], order: readonly number[]): Float32Array {
  const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((product, length) => product * length, 1));
  const lengths = order.map((axis) => shape[axis] ?? 1);
  const result = new Float32Array(values.length);
  for (let index = 0; index < result.length; index++) {
    let rest = index;
    let offset = 0;
    for (let axis = order.length - 1; axis >= 0; axis--) {
      const length = lengths[axis] ?? 1;
      offset += (rest % length) * (strides[order[axis] ?? 0] ?? 1);
      rest = Math.floor(rest / length);
    }
    result[index] = values[offset] ?? 0;
  }
  return result;
}

/** Sides of a map behind a window. Throws RangeError where the map is smaller than the window. */
export function windowed(
  [height = 0, width = 0]: ValueShape,
  { size, stride, padding }: { readonly size: number; readonly stride: number; readonly padding: number },
): readonly [number, number] {
  const side = (length: number): number => Math.floor((length + 2 * padding - size) / stride) + 1;
  const sides = [side(height), side(width)] as const;
  if (Math.min(...sides) >= 1) return sides;
  throw new RangeError(`a map of ${height}×${width} is smaller than a window of ${size}×${size}`);
}

/** Window attributes of ONNX. */
export function windowAttributes(
  size: number,
  stride: number,
  padding: number,
): Readonly<Record<string, readonly number[]>> {
  return {
    kernel_shape: [size, size],
    strides: [stride, stride],
    pads: [padding, padding, padding, padding],
  };
}

/** A bias `[channels]` added to a feature map in ONNX, where channels stand second. */
export function onnxChannels(graph: OnnxGraph, values: Float32Array, rank: number, name: string): string {
  return graph.floats(values, rank === 3 ? [values.length, 1, 1] : [values.length], name);
}

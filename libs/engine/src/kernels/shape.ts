import type { TensorInfo } from '@tensorflow/tfjs-core';
import { EngineError } from '../errors.js';

/** The four lengths of an activation `[batch, height, width, channels]` or of a dense kernel. */
export function shape4({ shape }: { shape: readonly number[] }): readonly [number, number, number, number] {
  const [a, b, c, d] = shape;
  if (shape.length !== 4 || a === undefined || b === undefined || c === undefined || d === undefined) {
    throw new EngineError('invalid_argument', `Expected four dimensions, found [${shape.join(', ')}].`);
  }
  return [a, b, c, d];
}

/** The three lengths of a depthwise kernel `[height, width, channels]`. */
export function shape3({ shape }: { shape: readonly number[] }): readonly [number, number, number] {
  const [a, b, c] = shape;
  if (shape.length !== 3 || a === undefined || b === undefined || c === undefined) {
    throw new EngineError('invalid_argument', `Expected three dimensions, found [${shape.join(', ')}].`);
  }
  return [a, b, c];
}

/** Rows and last dimension: `[..., columns]` seen as a matrix. */
export function rowsAndColumns({ shape }: Pick<TensorInfo, 'shape'>): readonly [number, number] {
  const columns = shape[shape.length - 1] ?? 1;
  return [shape.slice(0, -1).reduce((product, length) => product * length, 1), columns];
}

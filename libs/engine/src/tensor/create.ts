import { scalar as coreScalar, tensor as coreTensor, fill } from '@tensorflow/tfjs-core';
import { invalidArgument } from '../errors.js';
import type { NestedNumbers, Tensor } from './tensor.js';

function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}

function shapeOf(values: NestedNumbers): number[] {
  const first = values[0];
  return Array.isArray(first) ? [values.length, ...shapeOf(first as NestedNumbers)] : [values.length];
}

/**
 * A float32 tensor. The values are copied.
 * @param values flat values, or nested arrays whose nesting gives the shape
 * @param shape required for nothing but another shape than `[values.length]`
 */
export function tensor(values: Float32Array | NestedNumbers, shape?: readonly number[]): Tensor {
  const flat = values instanceof Float32Array ? values.slice() : Float32Array.from((values as number[]).flat(Infinity));
  const wanted = shape ?? (values instanceof Float32Array ? [values.length] : shapeOf(values));
  if (sizeOf(wanted) !== flat.length) {
    invalidArgument('shape', `[${wanted.join(', ')}] holds ${sizeOf(wanted)} values, but ${flat.length} were given`);
  }
  return coreTensor(flat, [...wanted], 'float32');
}

/** A float32 tensor that takes the array over: it must not be changed afterwards. */
export function adopt(values: Float32Array, shape: readonly number[]): Tensor {
  return coreTensor(values, [...shape], 'float32');
}

/** Class numbers as an int32 tensor `[n]`. */
export function labels(values: Int32Array): Tensor {
  return coreTensor(values.slice(), [values.length], 'int32');
}

export function zeros(shape: readonly number[]): Tensor {
  return fill([...shape], 0, 'float32');
}

export function ones(shape: readonly number[]): Tensor {
  return fill([...shape], 1, 'float32');
}

export function scalar(value: number): Tensor {
  return coreScalar(value, 'float32');
}

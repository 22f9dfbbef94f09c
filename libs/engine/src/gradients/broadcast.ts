import { backend_util } from '@tensorflow/tfjs-core';
import { sum } from '../ops/reduce.js';
import { reshape } from '../ops/shape.js';
import type { Tensor } from '../tensor/tensor.js';

/**
 * The gradient of a tensor of `shape` that was broadcast to the gradient's shape: summed over what
 * was repeated.
 */
export function unbroadcast(gradient: Tensor, shape: readonly number[]): Tensor {
  const axes = backend_util.getReductionAxes([...shape], gradient.shape);
  const summed = axes.length === 0 ? gradient : sum(gradient, axes);
  return summed.shape.join() === shape.join() ? summed : reshape(summed, shape);
}

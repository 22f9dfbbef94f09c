import { type Tensor as CoreTensor, customGrad } from '@tensorflow/tfjs-core';
import type { Tensor } from '../tensor/tensor.js';

/**
 * A value, and the gradients of all inputs given the value's; `saved` are the tensors handed to
 * `save`.
 */
export interface CustomGradient {
  readonly value: Tensor;
  gradients(dy: Tensor, saved: readonly Tensor[]): Tensor[];
}

/** A function with a gradient of its own, for what the tape cannot or should not differentiate. */
export function customGradient(
  fn: (inputs: readonly Tensor[], save: (tensors: readonly Tensor[]) => void) => CustomGradient,
): (...inputs: readonly Tensor[]) => Tensor {
  const wrapped = customGrad((...given) => {
    const save = given[given.length - 1] as (tensors: CoreTensor[]) => void;
    const { value, gradients } = fn(given.slice(0, -1) as Tensor[], (tensors) => save([...tensors]));
    return { value, gradFunc: (dy, saved) => gradients(dy, saved) };
  });
  return (...inputs) => wrapped(...inputs);
}

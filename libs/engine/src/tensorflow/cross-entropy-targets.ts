import { add, mul, oneHot } from '@tensorflow/tfjs-core';
import type { Tensor } from '../tensor/tensor.js';

/** `(1 − s)·onehot(label) + s/k`. */
export function targets(labels: Tensor, classes: number, labelSmoothing: number): Tensor {
  return add(mul(oneHot(labels, classes, 1, 0, 'float32'), 1 - labelSmoothing), labelSmoothing / classes);
}

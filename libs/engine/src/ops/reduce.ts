import {
  argMax as coreArgMax,
  logSoftmax as coreLogSoftmax,
  max as coreMax,
  mean as coreMean,
  softmax as coreSoftmax,
  sum as coreSum,
} from '@tensorflow/tfjs-core';
import type { Tensor } from '../tensor/tensor.js';

type Axis = number | readonly number[];

const axes = (axis: Axis | undefined): number | number[] | undefined =>
  axis === undefined || typeof axis === 'number' ? axis : [...axis];

/** Sum over the given axes, or over all to a scalar. */
export const sum = (x: Tensor, axis?: Axis): Tensor => coreSum(x, axes(axis));
export const mean = (x: Tensor, axis?: Axis): Tensor => coreMean(x, axes(axis));
/** The largest value; equal ones each get the gradient. */
export const max = (x: Tensor, axis?: Axis): Tensor => coreMax(x, axes(axis));
/** Index of the first largest value, int32; not differentiable. */
export const argMax = (x: Tensor, axis = -1): Tensor => coreArgMax(x, axis);
/** Over the last axis. */
export const softmax = (x: Tensor): Tensor => coreSoftmax(x);
/** Over the last axis. */
export const logSoftmax = (x: Tensor): Tensor => coreLogSoftmax(x);

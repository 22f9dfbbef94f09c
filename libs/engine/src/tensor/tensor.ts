import type { Tensor as CoreTensor } from '@tensorflow/tfjs-core';

/**
 * An immutable array on the current backend, float32 unless said otherwise. Activations are
 * `[batch, height, width, channels]`. Memory is freed by `tidy` or `dispose`, never by the garbage
 * collector.
 */
export type Tensor = CoreTensor;

/** Numbers, or arrays of numbers nested to any depth, all rows of one length. */
export type NestedNumbers = readonly number[] | readonly NestedNumbers[];

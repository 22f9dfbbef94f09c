import {
  concat as coreConcat,
  gather as coreGather,
  oneHot as coreOneHot,
  pad as corePad,
  reshape as coreReshape,
  slice as coreSlice,
  transpose as coreTranspose,
} from '@tensorflow/tfjs-core';
import type { Tensor } from '../tensor/tensor.js';

/** The same values in another shape; one length may be -1. */
export const reshape = (x: Tensor, shape: readonly number[]): Tensor => coreReshape(x, [...shape]);
/** Axes in another order; reversed by default. */
export const transpose = (x: Tensor, order?: readonly number[]): Tensor =>
  coreTranspose(x, order === undefined ? undefined : [...order]);
export const concat = (tensors: readonly Tensor[], axis: number): Tensor => coreConcat([...tensors], axis);
/** The box that starts at `begin`; a size of -1 reaches to the end. */
export const slice = (x: Tensor, begin: readonly number[], size: readonly number[]): Tensor =>
  coreSlice(x, [...begin], [...size]);
/** Entries along an axis, by int32 indices. */
export const gather = (x: Tensor, indices: Tensor, axis = 0): Tensor =>
  coreGather(x, indices as Parameters<typeof coreGather>[1], axis);
/** `[before, after]` for every axis. */
export const pad = (x: Tensor, paddings: readonly (readonly [number, number])[], value = 0): Tensor =>
  corePad(
    x,
    paddings.map(([before, after]): [number, number] => [before, after]),
    value,
  );
/** `[n]` int32 → `[n, depth]` of ones and zeros. */
export const oneHot = (indices: Tensor, depth: number): Tensor => coreOneHot(indices, depth, 1, 0, 'float32');

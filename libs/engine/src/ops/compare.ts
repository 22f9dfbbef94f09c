import { cast, equal as coreEqual, greaterEqual as coreGreaterEqual, less as coreLess } from '@tensorflow/tfjs-core';
import type { Tensor } from '../tensor/tensor.js';

/** 1 where `a ≥ b`, else 0. */
export const greaterEqual = (a: Tensor, b: Tensor): Tensor => cast(coreGreaterEqual(a, b), 'float32');
/** 1 where `a < b`, else 0. */
export const less = (a: Tensor, b: Tensor): Tensor => cast(coreLess(a, b), 'float32');
/** 1 where `a = b`, else 0. */
export const equal = (a: Tensor, b: Tensor): Tensor => cast(coreEqual(a, b), 'float32');

import type { Tensor } from './tensor.js';

/**
 * A copy of the values in row-major order, as float32 whatever the type of the tensor. Waits for
 * the backend.
 */
export function read(t: Tensor): Float32Array {
  return new Float32Array(t.dataSync());
}

/**
 * The values of a float32 tensor without a copy where the backend allows: not to be changed, valid
 * while the tensor is.
 */
export function view(t: Tensor): Float32Array {
  return t.dataSync<'float32'>();
}

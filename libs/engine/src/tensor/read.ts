import type { Tensor } from './tensor.js';

/** A copy of the values in row-major order, as float32 whatever the type of the tensor. Waits for the backend. */
export function read(t: Tensor): Float32Array {
  return Float32Array.from(t.dataSync());
}

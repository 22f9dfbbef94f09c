import { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import { engine } from '@tensorflow/tfjs-core';
import { view } from './read.js';
import type { Tensor } from './tensor.js';

/**
 * The very values of a tensor that shares them with no other; null where another holds them too, or
 * where they lie outside of this process' arrays.
 */
export function ownValues(t: Tensor): Float32Array | null {
  const { backend } = engine();
  return backend instanceof MathBackendCPU && backend.refCount(t.dataId) === 1 ? view(t) : null;
}

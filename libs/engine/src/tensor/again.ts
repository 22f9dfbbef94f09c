import { engine } from '@tensorflow/tfjs-core';
import type { Tensor } from './tensor.js';

/**
 * Another tensor with the same values, which are shared and live as long as either. No kernel runs,
 * and nothing is recorded.
 */
export function again(t: Tensor): Tensor {
  engine().backend.incRef(t.dataId);
  return engine().makeTensorFromTensorInfo(t);
}

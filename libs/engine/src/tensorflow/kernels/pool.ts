import { avgPool, div, maxPool, type Tensor4D } from '@tensorflow/tfjs-core';
import type { PoolAttributes } from '../../kernels/attributes.js';
import { Kernel } from '../../kernels/names.js';
import { composedKernel } from '../composed.js';
import { coverage, lowest, sides } from '../pooling.js';
import { padded } from '../window.js';

export const pool = composedKernel<'x', PoolAttributes>(Kernel.pool, ({ x }, attributes) => {
  const { pool: kind, size, stride, padding } = attributes;
  if (kind === 'max') return maxPool(padded(x, sides(padding), lowest) as Tensor4D, size, stride, 'valid');
  const mean = avgPool(padded(x, sides(padding)) as Tensor4D, size, stride, 'valid');
  return padding === 0 ? mean : div(mean, coverage(x, attributes));
});

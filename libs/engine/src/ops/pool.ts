import { invalidArgument } from '../errors.js';
import type { PoolAttributes } from '../kernels/attributes.js';
import { Kernel } from '../kernels/names.js';
import { runKernel } from '../kernels/run.js';
import { shape4 } from '../kernels/shape.js';
import type { Tensor } from '../tensor/tensor.js';
import { windowAttributes } from './window.js';

export interface PoolOptions {
  readonly pool: 'max' | 'average';
  /** Height and width of the window. */
  readonly size: number;
  /** Default: `size`. */
  readonly stride?: number;
  /**
   * On every side; at most half the size. Default 0. It counts neither as a value nor in the
   * average.
   */
  readonly padding?: number;
}

/** `x [n, h, w, c]` → `[n, oh, ow, c]`. */
export function pool(x: Tensor, { pool: kind, size, stride = size, padding = 0 }: PoolOptions): Tensor {
  const [, height, width] = shape4(x);
  if (padding > size / 2) invalidArgument('padding', `expected at most half of the size ${size}, found ${padding}`);
  windowAttributes({ stride, padding }, [height, width], [size, size]);
  const attributes: PoolAttributes = { pool: kind, size, stride, padding };
  return runKernel(Kernel.pool, { x }, attributes);
}

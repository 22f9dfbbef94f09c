import type { PoolAttributes } from '../kernels/attributes.js';
import { Kernel } from '../kernels/names.js';
import { runKernel } from '../kernels/run.js';
import { at, gradient } from './gradient.js';

export const poolGradient = gradient<PoolAttributes>({
  kernel: Kernel.pool,
  inputs: ['x'],
  gradients: (dys, saved, attributes) => ({
    x: () => runKernel(Kernel.poolGradient, { x: at(saved, 0), dy: at(dys, 0) }, attributes),
  }),
});

import { Kernel } from '../kernels/names.js';
import { runKernel } from '../kernels/run.js';
import { at, gradient } from './gradient.js';

/**
 * The mean and the variance are results for the running statistics; no gradient flows back through
 * them.
 */
export const batchNormGradient = gradient({
  kernel: Kernel.batchNorm,
  inputs: ['x'],
  outputs: [false, true, true],
  gradients: (dys, saved) => ({
    x: () =>
      runKernel(Kernel.batchNormGradient, {
        x: at(saved, 0),
        mean: at(saved, 1),
        variance: at(saved, 2),
        dy: at(dys, 0),
      }),
  }),
});

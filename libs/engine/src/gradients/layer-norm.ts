import { Kernel } from '../kernels/names.js';
import { runKernel } from '../kernels/run.js';
import { at, gradient } from './gradient.js';

export const layerNormGradient = gradient({
  kernel: Kernel.layerNorm,
  outputs: [true, true],
  gradients: (dys, saved) => ({
    x: () => runKernel(Kernel.layerNormGradient, { y: at(saved, 0), deviation: at(saved, 1), dy: at(dys, 0) }),
  }),
});

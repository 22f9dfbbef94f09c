import { Kernel } from '../kernels/names.js';
import { runKernel } from '../kernels/run.js';
import { at, gradient } from './gradient.js';

export const imageScaleGradient = gradient({
  kernel: Kernel.imageScale,
  inputs: ['x', 'coefficient'],
  gradients: (dys, saved) => {
    const [dy, x, coefficient] = [at(dys, 0), at(saved, 0), at(saved, 1)];
    return {
      x: () => runKernel(Kernel.imageScale, { x: dy, coefficient }),
      coefficient: () => runKernel(Kernel.imageScaleGradient, { x, dy, coefficient }),
    };
  },
});

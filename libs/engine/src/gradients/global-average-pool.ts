import { Kernel } from '../kernels/names.js';
import { runKernel } from '../kernels/run.js';
import { shape4 } from '../kernels/shape.js';
import { at, gradient } from './gradient.js';

export const globalAveragePoolGradient = gradient({
  kernel: Kernel.globalAveragePool,
  inputs: ['x'],
  gradients: (dys, saved) => {
    const [, height, width] = shape4(at(saved, 0));
    return { x: () => runKernel(Kernel.globalAveragePoolGradient, { dy: at(dys, 0) }, { height, width }) };
  },
});

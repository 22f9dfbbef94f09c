import { Kernel } from '../kernels/names.js';
import { runKernel } from '../kernels/run.js';
import { at, gradient } from './gradient.js';

export const reluGradient = gradient({
  kernel: Kernel.relu,
  inputs: ['x'],
  gradients: (dys, saved) => ({ x: () => runKernel(Kernel.reluGradient, { x: at(saved, 0), dy: at(dys, 0) }) }),
});

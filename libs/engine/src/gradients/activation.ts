import type { ActivationAttributes } from '../kernels/attributes.js';
import { Kernel } from '../kernels/names.js';
import { runKernel } from '../kernels/run.js';
import { at, gradient } from './gradient.js';

export const activationGradient = gradient<ActivationAttributes>({
  kernel: Kernel.activation,
  inputs: ['x'],
  gradients: (dys, saved, attributes) => ({
    x: () => runKernel(Kernel.activationGradient, { x: at(saved, 0), dy: at(dys, 0) }, attributes),
  }),
});

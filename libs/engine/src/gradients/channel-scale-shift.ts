import { Kernel } from '../kernels/names.js';
import { runKernelOutputs } from '../kernels/run.js';
import type { Tensor } from '../tensor/tensor.js';
import { at, gradient } from './gradient.js';
import { sharedOutputs } from './shared-outputs.js';

export const channelScaleShiftGradient = gradient({
  kernel: Kernel.channelScaleShift,
  inputs: ['x', 'scale'],
  gradients: (dys, saved): Record<string, () => Tensor> =>
    sharedOutputs(['x', 'scale', 'shift'], () =>
      runKernelOutputs(Kernel.channelScaleShiftGradient, { x: at(saved, 0), scale: at(saved, 1), dy: at(dys, 0) }),
    ),
});

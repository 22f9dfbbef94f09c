import type { BatchNormAttributes } from '../kernels/attributes.js';
import { Kernel } from '../kernels/names.js';
import { runKernelOutputs } from '../kernels/run.js';
import type { Tensor } from '../tensor/tensor.js';
import { at, gradient } from './gradient.js';
import { sharedOutputs } from './shared-outputs.js';

/**
 * The mean and the variance are results for the running statistics; no gradient flows back through
 * them. Nothing between norm and activation is kept.
 */
export const batchNormGradient = gradient<BatchNormAttributes>({
  kernel: Kernel.batchNorm,
  inputs: ['x', 'scale', 'shift'],
  outputs: [false, true, true],
  gradients: (dys, saved, attributes): Record<string, () => Tensor> => {
    const [x, scale, shift] = [at(saved, 0), at(saved, 1), at(saved, 2)];
    const [mean, variance, dy] = [at(saved, 3), at(saved, 4), at(dys, 0)];
    return sharedOutputs(['x', 'scale', 'shift'], () =>
      runKernelOutputs(Kernel.batchNormGradient, { x, scale, shift, mean, variance, dy }, attributes),
    );
  },
});

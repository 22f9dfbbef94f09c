import type { CrossEntropyAttributes } from '../kernels/attributes.js';
import { Kernel } from '../kernels/names.js';
import { runKernel } from '../kernels/run.js';
import { at, gradient } from './gradient.js';

export const crossEntropyGradient = gradient<CrossEntropyAttributes>({
  kernel: Kernel.crossEntropy,
  inputs: ['logits', 'labels'],
  gradients: (dys, saved, attributes) => ({
    logits: () =>
      runKernel(
        Kernel.crossEntropyGradient,
        { logits: at(saved, 0), labels: at(saved, 1), dy: at(dys, 0) },
        attributes,
      ),
  }),
});

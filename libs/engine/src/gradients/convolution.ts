import type { WindowAttributes } from '../kernels/attributes.js';
import { Kernel } from '../kernels/names.js';
import { runKernel } from '../kernels/run.js';
import { shape4 } from '../kernels/shape.js';
import { at, gradient } from './gradient.js';

export const convolutionGradient = gradient<WindowAttributes>({
  kernel: Kernel.convolution,
  inputs: ['x', 'kernel'],
  gradients: (dys, saved, attributes) => {
    const [dy, x, kernel] = [at(dys, 0), at(saved, 0), at(saved, 1)];
    const [, inputHeight, inputWidth] = shape4(x);
    const [kernelHeight, kernelWidth] = shape4(kernel);
    return {
      x: () => runKernel(Kernel.convolutionInputGradient, { dy, kernel }, { ...attributes, inputHeight, inputWidth }),
      kernel: () =>
        runKernel(Kernel.convolutionKernelGradient, { x, dy }, { ...attributes, kernelHeight, kernelWidth }),
    };
  },
});

import type { WindowAttributes } from '../kernels/attributes.js';
import { Kernel } from '../kernels/names.js';
import { runKernel } from '../kernels/run.js';
import { shape3, shape4 } from '../kernels/shape.js';
import { at, gradient } from './gradient.js';

export const depthwiseConvolutionGradient = gradient<WindowAttributes>({
  kernel: Kernel.depthwiseConvolution,
  inputs: ['x', 'kernel'],
  gradients: (dys, saved, attributes) => {
    const [dy, x, kernel] = [at(dys, 0), at(saved, 0), at(saved, 1)];
    const [, inputHeight, inputWidth] = shape4(x);
    const [kernelHeight, kernelWidth] = shape3(kernel);
    const ofInput = { ...attributes, inputHeight, inputWidth };
    const ofKernel = { ...attributes, kernelHeight, kernelWidth };
    return {
      x: () => runKernel(Kernel.depthwiseConvolutionInputGradient, { dy, kernel }, ofInput),
      kernel: () => runKernel(Kernel.depthwiseConvolutionKernelGradient, { x, dy }, ofKernel),
    };
  },
});

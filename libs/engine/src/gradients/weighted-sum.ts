import type { GradConfig } from '@tensorflow/tfjs-core';
import { Kernel } from '../kernels/names.js';
import { runKernel } from '../kernels/run.js';
import type { Tensor } from '../tensor/tensor.js';
import { at } from './gradient.js';

export const weightedSumGradient: GradConfig = {
  kernelName: Kernel.weightedSum,
  saveAllInputs: true,
  gradFunc: (dys, saved) => {
    const dy = Array.isArray(dys) ? at(dys, 0) : dys;
    const count = saved.length / 2;
    const gradients: Record<string, () => Tensor> = {};
    for (let i = 0; i < count; i++) {
      const [x, coefficient] = [at(saved, i), at(saved, count + i)];
      gradients[String(i)] = () => runKernel(Kernel.imageScale, { x: dy, coefficient });
      gradients[String(count + i)] = () => runKernel(Kernel.imageScaleGradient, { x, dy, coefficient });
    }
    return gradients;
  },
};

import { mul, reshape } from '@tensorflow/tfjs-core';
import { Kernel } from '../../kernels/names.js';
import { composedKernel } from '../composed.js';

export const imageScale = composedKernel<'x' | 'coefficient'>(Kernel.imageScale, ({ x, coefficient }) =>
  mul(x, reshape(coefficient, [coefficient.size, ...x.shape.slice(1).map(() => 1)])),
);

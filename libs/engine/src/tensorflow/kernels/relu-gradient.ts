import { mul, step } from '@tensorflow/tfjs-core';
import { Kernel } from '../../kernels/names.js';
import { composedKernel } from '../composed.js';

export const reluGradient = composedKernel<'x' | 'dy'>(Kernel.reluGradient, ({ x, dy }) => mul(dy, step(x)));

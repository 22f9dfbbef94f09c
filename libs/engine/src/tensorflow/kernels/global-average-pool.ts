import { mean } from '@tensorflow/tfjs-core';
import { Kernel } from '../../kernels/names.js';
import { composedKernel } from '../composed.js';

export const globalAveragePool = composedKernel<'x'>(Kernel.globalAveragePool, ({ x }) => mean(x, [1, 2]));

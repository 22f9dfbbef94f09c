import { relu as coreRelu } from '@tensorflow/tfjs-core';
import { Kernel } from '../../kernels/names.js';
import { composedKernel } from '../composed.js';

export const relu = composedKernel<'x'>(Kernel.relu, ({ x }) => coreRelu(x));

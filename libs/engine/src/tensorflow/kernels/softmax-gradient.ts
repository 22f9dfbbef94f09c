import { mul, sub, sum } from '@tensorflow/tfjs-core';
import { Kernel } from '../../kernels/names.js';
import { composedKernel } from '../composed.js';

export const softmaxGradient = composedKernel<'p' | 'dy'>(Kernel.softmaxGradient, ({ p, dy }) => {
  const weighted = mul(dy, p);
  return sub(weighted, mul(sum(weighted, p.rank - 1, true), p));
});

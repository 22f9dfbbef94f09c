import { tensor } from '@tensorflow/tfjs-core';
import { Kernel } from '../../kernels/names.js';
import { roundToBf16 } from '../../kernels/round-bf16.js';
import { composedKernel } from '../composed.js';

export const roundBf16 = composedKernel<'x'>(Kernel.roundBf16, ({ x }) => {
  const rounded = new Float32Array(x.size);
  roundToBf16(x.dataSync<'float32'>(), rounded);
  return tensor(rounded, x.shape);
});

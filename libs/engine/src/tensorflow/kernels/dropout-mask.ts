import { tensor } from '@tensorflow/tfjs-core';
import type { DropoutMaskAttributes } from '../../kernels/attributes.js';
import { Kernel } from '../../kernels/names.js';
import { RandomStream } from '../../random/stream.js';
import { composedKernel } from '../composed.js';

export const dropoutMask = composedKernel<never, DropoutMaskAttributes>(
  Kernel.dropoutMask,
  (_, { key, counter, rate, shape }) => {
    const size = shape.reduce((product, length) => product * length, 1);
    const stream = new RandomStream(key, counter[0] + counter[1] * 2 ** 32);
    const below = Math.fround(rate);
    return tensor(
      stream.uniform(size).map((u) => (u < below ? 0 : 1 / (1 - rate))),
      [...shape],
    );
  },
);

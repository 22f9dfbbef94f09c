import { hostKernel } from '../../backend/host.js';
import type { DropoutMaskAttributes } from '../../kernels/attributes.js';
import { Kernel } from '../../kernels/names.js';
import { RandomStream } from '../../random/stream.js';

/** `0` where the stream's uniform number is below the rate, else `1/(1 − rate)`. */
export const dropoutMask = hostKernel<never, DropoutMaskAttributes>(
  Kernel.dropoutMask,
  ({ attributes: { key, counter, rate, shape }, output }) => {
    const { info, values } = output(shape);
    const below = Math.fround(rate);
    new RandomStream(key, counter[0] + counter[1] * 2 ** 32).uniform(values.length).forEach((u, i) => {
      values[i] = u < below ? 0 : 1 / (1 - rate);
    });
    return info;
  },
);

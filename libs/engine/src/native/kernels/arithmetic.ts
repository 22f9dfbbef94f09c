import { Add, Multiply, Sub } from '@tensorflow/tfjs-core';
import type { HostKernel } from '../../backend/host.js';
import { alike, orElse } from '../../backend/or-else.js';
import type { Addon } from '../addon.js';
import { nativeKernel } from '../kernel.js';

/** Two arrays of one shape; broadcasting goes to the JavaScript kernel. */
function elementwise(name: string, call: (addon: Addon) => Addon['add']): HostKernel {
  return orElse<'a' | 'b'>(
    name,
    alike,
    nativeKernel<'a' | 'b'>(name, ({ inputs, float, output }, addon) => {
      const { info, values } = output(inputs.a.shape);
      call(addon)(float('a'), float('b'), values);
      return info;
    }),
  );
}

export const add = elementwise(Add, (addon) => addon.add);
export const sub = elementwise(Sub, (addon) => addon.subtract);
export const mul = elementwise(Multiply, (addon) => addon.multiply);

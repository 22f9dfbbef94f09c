import { Add, Multiply, Sub, type TensorInfo } from '@tensorflow/tfjs-core';
import type { HostKernel } from '../../backend/host.js';
import type { Addon } from '../addon.js';
import { nativeKernel } from '../kernel.js';
import { orElse } from '../or-else.js';

type Pair = Readonly<Record<'a' | 'b', TensorInfo>>;

const alike = ({ a, b }: Pair): boolean =>
  a.dtype === 'float32' && b.dtype === 'float32' && a.shape.join() === b.shape.join();

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

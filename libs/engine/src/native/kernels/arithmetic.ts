import { Add, Multiply, Sub, type TensorInfo } from '@tensorflow/tfjs-core';
import type { HostKernel } from '../../backend/host.js';
import { alike, isFloat, orElse } from '../../backend/or-else.js';
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

const product = elementwise(Multiply, (addon) => addon.multiply);

/** Whether the second operand is one number for all of the first, as when gradients are clipped. */
const byNumber = ({ a, b }: Readonly<Record<'a' | 'b', TensorInfo>>): boolean =>
  isFloat(a) && isFloat(b) && b.shape.length === 0;

const scaled = nativeKernel<'a' | 'b'>(Multiply, ({ inputs, float, output }, addon) => {
  const { info, values } = output(inputs.a.shape);
  addon.scale(float('b')[0] as number, float('a'), values);
  return info;
});

export const mul: HostKernel = {
  name: Multiply,
  run: (parameters) => {
    const inputs = parameters.inputs as Record<'a' | 'b', TensorInfo>;
    return (byNumber(inputs) ? scaled : product).run(parameters);
  },
};

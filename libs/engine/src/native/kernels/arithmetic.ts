import { Add, AddN, backend_util, Multiply, RealDiv, Sub, type TensorInfo } from '@tensorflow/tfjs-core';
import type { HostKernel } from '../../backend/host.js';
import { alike, isFloat, orElse } from '../../backend/or-else.js';
import type { Addon } from '../addon.js';
import { nativeKernel } from '../kernel.js';
import { joined, rowMajorStrides } from '../strides.js';

type Operation = Parameters<Addon['broadcastBinary']>[0];

/** Strides of an operand along the axes of the result: 0 where it is repeated. */
function stridesIn(shape: readonly number[], result: readonly number[]): number[] {
  const strides = rowMajorStrides(shape);
  const missing = result.length - shape.length;
  return result.map((_, axis) => ((shape[axis - missing] ?? 1) === 1 ? 0 : (strides[axis - missing] ?? 0)));
}

/** Float32 operands, of one shape or broadcast; others go to the JavaScript kernel. */
function binary(name: string, operation: Operation, sameShape?: (addon: Addon) => Addon['add']): HostKernel {
  return orElse<'a' | 'b'>(
    name,
    ({ a, b }) => isFloat(a) && isFloat(b),
    nativeKernel<'a' | 'b'>(name, ({ inputs, float, output }, addon) => {
      const shape = backend_util.assertAndGetBroadcastShape(inputs.a.shape, inputs.b.shape);
      const { info, values } = output(shape);
      if (values.length === 0) return info;
      if (sameShape !== undefined && alike(inputs)) {
        sameShape(addon)(float('a'), float('b'), values);
        return info;
      }
      const [a, b] = [stridesIn(inputs.a.shape, shape), stridesIn(inputs.b.shape, shape)];
      const axes = joined(shape.map((length, axis) => ({ length, strides: [a[axis] ?? 0, b[axis] ?? 0] })));
      const strides = (operand: number): number[] => axes.map((axis) => axis.strides[operand] ?? 0);
      const lengths = axes.map(({ length }) => length);
      addon.broadcastBinary(operation, lengths, strides(0), strides(1), float('a'), float('b'), values);
      return info;
    }),
  );
}

export const add = binary(Add, 'add', (addon) => addon.add);
export const sub = binary(Sub, 'subtract', (addon) => addon.subtract);
export const mul = binary(Multiply, 'multiply', (addon) => addon.multiply);
export const div = binary(RealDiv, 'divide');

const sum = nativeKernel<string>(AddN, ({ inputs, float, output }, addon) => {
  const names = Object.keys(inputs);
  const { info, values } = output((Object.values(inputs)[0] as TensorInfo).shape);
  addon.sumArrays(names.map(float), values);
  return info;
});

export const addN: HostKernel = orElse<string>(AddN, (inputs) => Object.values(inputs).every(isFloat), sum);

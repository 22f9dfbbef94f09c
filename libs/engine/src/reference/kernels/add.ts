import { Add } from '@tensorflow/tfjs-core';
import { hostKernel } from '../../backend/host.js';

/** Sum of two tensors of one shape. */
export const add = hostKernel<'a' | 'b'>(Add, ({ inputs, float, output }) => {
  const a = float('a');
  const b = float('b');
  const { info, values } = output(inputs.a.shape);
  for (let at = 0; at < values.length; at++) values[at] = (a[at] as number) + (b[at] as number);
  return info;
});

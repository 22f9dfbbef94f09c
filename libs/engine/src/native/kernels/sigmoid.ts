import { Sigmoid } from '@tensorflow/tfjs-core';
import { nativeKernel } from '../kernel.js';
import { forLarge } from '../large.js';

export const sigmoid = forLarge(
  Sigmoid,
  'x',
  nativeKernel<'x'>(Sigmoid, ({ inputs, float, output }, addon) => {
    const { info, values } = output(inputs.x.shape);
    addon.activation('sigmoid', float('x'), values);
    return info;
  }),
);

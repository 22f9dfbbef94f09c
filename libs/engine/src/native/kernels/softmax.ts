import { Softmax } from '@tensorflow/tfjs-core';
import { rowsAndColumns } from '../../kernels/shape.js';
import { nativeKernel } from '../kernel.js';
import { forLarge } from '../large.js';

/** Over the last axis. */
export const softmax = forLarge(
  Softmax,
  'logits',
  nativeKernel<'logits'>(Softmax, ({ inputs, float, output }, addon) => {
    const { info, values } = output(inputs.logits.shape);
    addon.softmax(rowsAndColumns(inputs.logits)[1], float('logits'), values);
    return info;
  }),
);

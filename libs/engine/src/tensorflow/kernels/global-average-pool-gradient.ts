import { div, reshape, tile } from '@tensorflow/tfjs-core';
import { Kernel } from '../../kernels/names.js';
import { rowsAndColumns } from '../../kernels/shape.js';
import { composedKernel } from '../composed.js';

export const globalAveragePoolGradient = composedKernel<'dy', { height: number; width: number }>(
  Kernel.globalAveragePoolGradient,
  ({ dy }, { height, width }) => {
    const [batch, channels] = rowsAndColumns(dy);
    return tile(reshape(div(dy, height * width), [batch, 1, 1, channels]), [1, height, width, 1]);
  },
);

import { div, mul, softmax, sub } from '@tensorflow/tfjs-core';
import type { CrossEntropyAttributes } from '../../kernels/attributes.js';
import { Kernel } from '../../kernels/names.js';
import { rowsAndColumns } from '../../kernels/shape.js';
import { composedKernel } from '../composed.js';
import { targets } from '../cross-entropy-targets.js';

export const crossEntropyGradient = composedKernel<'logits' | 'labels' | 'dy', CrossEntropyAttributes>(
  Kernel.crossEntropyGradient,
  ({ logits, labels, dy }, { labelSmoothing }) => {
    const [batch, classes] = rowsAndColumns(logits);
    return mul(sub(softmax(logits), targets(labels, classes, labelSmoothing)), div(dy, batch));
  },
);

import { logSoftmax, mean, mul, neg, sum } from '@tensorflow/tfjs-core';
import type { CrossEntropyAttributes } from '../../kernels/attributes.js';
import { Kernel } from '../../kernels/names.js';
import { rowsAndColumns } from '../../kernels/shape.js';
import { composedKernel } from '../composed.js';
import { targets } from '../cross-entropy-targets.js';

export const crossEntropy = composedKernel<'logits' | 'labels', CrossEntropyAttributes>(
  Kernel.crossEntropy,
  ({ logits, labels }, { labelSmoothing }) => {
    const [, classes] = rowsAndColumns(logits);
    return neg(mean(sum(mul(logSoftmax(logits), targets(labels, classes, labelSmoothing)), 1)));
  },
);

import type { CrossEntropyAttributes } from '../../kernels/attributes.js';
import { Kernel } from '../../kernels/names.js';
import { rowsAndColumns } from '../../kernels/shape.js';
import { nativeKernel } from '../kernel.js';

export const crossEntropy = nativeKernel<'logits' | 'labels', CrossEntropyAttributes>(
  Kernel.crossEntropy,
  ({ inputs, attributes: { labelSmoothing }, float, int, output }, addon) => {
    const [batch, classes] = rowsAndColumns(inputs.logits);
    const { info, values } = output([]);
    values[0] = addon.softmaxCrossEntropy(batch, classes, labelSmoothing, float('logits'), int('labels'), null);
    return info;
  },
);

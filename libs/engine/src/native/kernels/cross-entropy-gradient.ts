import type { CrossEntropyAttributes } from '../../kernels/attributes.js';
import { Kernel } from '../../kernels/names.js';
import { rowsAndColumns } from '../../kernels/shape.js';
import { nativeKernel } from '../kernel.js';

export const crossEntropyGradient = nativeKernel<'logits' | 'labels' | 'dy', CrossEntropyAttributes>(
  Kernel.crossEntropyGradient,
  ({ inputs, attributes: { labelSmoothing }, float, int, output }, addon) => {
    const [batch, classes] = rowsAndColumns(inputs.logits);
    const { info, values } = output(inputs.logits.shape);
    addon.softmaxCrossEntropy(batch, classes, labelSmoothing, float('logits'), int('labels'), values);
    addon.scale(float('dy')[0] as number, values, values);
    return info;
  },
);

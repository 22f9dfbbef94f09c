import { hostKernel } from '../../backend/host.js';
import type { CrossEntropyAttributes } from '../../kernels/attributes.js';
import { Kernel } from '../../kernels/names.js';
import { rowsAndColumns } from '../../kernels/shape.js';

/** `dlogits = dy/n·(softmax(logits) − (1−s)·onehot(label) − s/k)`. */
export const crossEntropyGradient = hostKernel<'logits' | 'labels' | 'dy', CrossEntropyAttributes>(
  Kernel.crossEntropyGradient,
  ({ inputs, attributes: { labelSmoothing }, float, int, output }) => {
    const [batch, classes] = rowsAndColumns(inputs.logits);
    const logits = float('logits');
    const labels = int('labels');
    const factor = (float('dy')[0] as number) / batch;
    const { info, values: dx } = output(inputs.logits.shape);
    for (let n = 0; n < batch; n++) {
      const row = logits.subarray(n * classes, (n + 1) * classes);
      const largest = row.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
      const exponentials = Float64Array.from(row, (logit) => Math.exp(logit - largest));
      const sum = exponentials.reduce((a, b) => a + b, 0);
      for (let k = 0; k < classes; k++) {
        const target = (k === labels[n] ? 1 - labelSmoothing : 0) + labelSmoothing / classes;
        dx[n * classes + k] = factor * ((exponentials[k] as number) / sum - target);
      }
    }
    return info;
  },
);

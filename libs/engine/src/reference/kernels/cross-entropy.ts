import { hostKernel } from '../../backend/host.js';
import type { CrossEntropyAttributes } from '../../kernels/attributes.js';
import { Kernel } from '../../kernels/names.js';
import { rowsAndColumns } from '../../kernels/shape.js';

/** `logits [n, k]`, `labels [n]` → mean of `(1−s)·(−log p[label]) + s/k·Σ(−log p)`, a scalar. */
export const crossEntropy = hostKernel<'logits' | 'labels', CrossEntropyAttributes>(
  Kernel.crossEntropy,
  ({ inputs, attributes: { labelSmoothing }, float, int, output }) => {
    const [batch, classes] = rowsAndColumns(inputs.logits);
    const logits = float('logits');
    const labels = int('labels');
    let total = 0;
    for (let n = 0; n < batch; n++) {
      const row = logits.subarray(n * classes, (n + 1) * classes);
      const largest = row.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
      let sum = 0;
      let sumOfLogits = 0;
      for (const logit of row) {
        sum += Math.exp(logit - largest);
        sumOfLogits += logit;
      }
      const logSum = Math.log(sum) + largest;
      const ofLabel = row[labels[n] as number] ?? Number.NaN;
      total += (1 - labelSmoothing) * (logSum - ofLabel) + labelSmoothing * (logSum - sumOfLogits / classes);
    }
    const { info, values } = output([]);
    values[0] = total / batch;
    return info;
  },
);

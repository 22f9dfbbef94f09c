import { invalidArgument } from '../errors.js';
import type { CrossEntropyAttributes } from '../kernels/attributes.js';
import { Kernel } from '../kernels/names.js';
import { runKernel } from '../kernels/run.js';
import type { Tensor } from '../tensor/tensor.js';

export interface CrossEntropyOptions {
  /** Share of the target spread evenly over all classes, in `[0, 1)`. Default 0. */
  readonly labelSmoothing?: number;
}

/**
 * `logits [n, k]`, `labels [n]` int32 in `[0, k)` → mean cross-entropy with the softmax of the
 * logits, in nats, a scalar.
 */
export function crossEntropy(logits: Tensor, labels: Tensor, { labelSmoothing = 0 }: CrossEntropyOptions = {}): Tensor {
  if (logits.rank !== 2 || labels.rank !== 1 || logits.shape[0] !== labels.shape[0]) {
    invalidArgument('labels', `[${labels.shape.join(', ')}] does not fit logits [${logits.shape.join(', ')}]`);
  }
  if (labels.dtype !== 'int32') invalidArgument('labels', `expected int32, found ${labels.dtype}`);
  if (!(labelSmoothing >= 0 && labelSmoothing < 1)) {
    invalidArgument('labelSmoothing', `expected a number in [0, 1), found ${labelSmoothing}`);
  }
  const attributes: CrossEntropyAttributes = { labelSmoothing };
  return runKernel(Kernel.crossEntropy, { logits, labels }, attributes);
}

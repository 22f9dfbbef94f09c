import { withoutRecording } from '../tape/recording.js';
import { tidy } from '../tensor/memory.js';
import { read } from '../tensor/read.js';
import type { Tensor } from '../tensor/tensor.js';
import { argMax } from './reduce.js';

/** How many rows of `logits [n, k]` have their (first) largest entry at the label `[n]`. */
export function accuracyCount(logits: Tensor, labels: Tensor): number {
  const predicted = tidy(() => withoutRecording(() => read(argMax(logits))));
  return read(labels).reduce((count, label, n) => count + (predicted[n] === label ? 1 : 0), 0);
}

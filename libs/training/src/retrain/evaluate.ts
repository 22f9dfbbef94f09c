import type { Batches } from '@oneshot/data';
import { accuracyCount, crossEntropy, dispose, labels, read, tensor, tidy } from '@oneshot/engine';
import type { Network, NetworkDescription } from '@oneshot/nas';
import { Average } from '../loop/average.js';
import { breathe } from '../loop/dependencies.js';

export interface Evaluation {
  /** Fraction of the images whose class has the largest logit. */
  readonly accuracy: number;
  /** Mean cross-entropy. */
  readonly loss: number;
  readonly images: number;
}

/** Runs all batches in `eval` mode. `path` as in Network.forward. */
export async function evaluate(
  network: Network,
  path: NetworkDescription,
  batches: Batches,
  signal: AbortSignal | undefined,
): Promise<Evaluation> {
  const { height, width, channels } = network.description.image;
  const loss = new Average();
  const accuracy = new Average();
  let count = 0;
  for (let step = 0; step < batches.stepsPerEpoch; step++) {
    await breathe(signal);
    const batch = batches.batch(0, step);
    const images = tensor(batch.images, [batch.count, height, width, channels]);
    const classes = labels(batch.labels);
    const result = tidy(() => {
      const { logits } = network.forward(images, { mode: 'eval', path });
      return { logits, loss: crossEntropy(logits, classes) };
    });
    loss.add(read(result.loss)[0] ?? Number.NaN, batch.count);
    accuracy.add(accuracyCount(result.logits, classes) / batch.count, batch.count);
    count += batch.count;
    dispose(images, classes, result.logits, result.loss);
  }
  return { accuracy: accuracy.value, loss: loss.value, images: count };
}

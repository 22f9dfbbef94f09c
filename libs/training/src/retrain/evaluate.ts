import type { Batches } from '@oneshot/data';
import { dispose, read, tidy } from '@oneshot/engine';
import type { Network, NetworkDescription } from '@oneshot/nas';
import { Average } from '../loop/average.js';
import { breathe } from '../loop/dependencies.js';
import type { Task } from '../task/task.js';

export interface Evaluation {
  /** Fraction of the examples that were answered right. */
  readonly accuracy: number;
  /** Mean of the task's loss. */
  readonly loss: number;
  readonly images: number;
}

/** Runs all batches in `eval` mode. `path` as in Network.forward. */
export async function evaluate(
  task: Task,
  network: Network,
  path: NetworkDescription,
  batches: Batches,
  signal: AbortSignal | undefined,
): Promise<Evaluation> {
  const loss = new Average();
  const accuracy = new Average();
  let count = 0;
  for (let step = 0; step < batches.stepsPerEpoch; step++) {
    await breathe(signal);
    const batch = batches.batch(0, step);
    const examples = task.layOut(batch);
    const result = tidy(() => {
      const { logits } = network.forward(examples.input, { mode: 'eval', path });
      return { logits, loss: task.loss(logits, examples) };
    });
    loss.add(read(result.loss)[0] ?? Number.NaN, batch.count);
    accuracy.add(task.right(result.logits, examples) / batch.count, batch.count);
    count += batch.count;
    dispose(examples.input, examples.wanted, result.logits, result.loss);
  }
  return { accuracy: accuracy.value, loss: loss.value, images: count };
}

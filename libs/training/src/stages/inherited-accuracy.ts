import type { Batches } from '@oneshot/data';
import { dispose, tidy } from '@oneshot/engine';
import { type Genotype, selectionOf } from '@oneshot/nas';
import { breathe } from '../loop/dependencies.js';
import { pathRunner } from '../search/path-runner.js';
import type { SearchModel } from '../search/search-model.js';
import type { TaskBatch } from '../task/task.js';

/** Examples laid out once for many architectures. */
export interface MeasuredExamples {
  readonly batches: readonly TaskBatch[];
  /** How many all batches hold. */
  readonly count: number;
  dispose(): void;
}

/**
 * The first examples of a loader's first epoch, in whole batches, at least one and until there are
 * `most`. Default: all.
 */
export function measuredExamples(
  { task }: SearchModel,
  batches: Batches,
  most = Number.POSITIVE_INFINITY,
): MeasuredExamples {
  const kept: TaskBatch[] = [];
  let count = 0;
  for (let step = 0; step < batches.stepsPerEpoch && count < most; step++) {
    const batch = task.layOut(batches.batch(0, step));
    kept.push(batch);
    count += batch.count;
  }
  return {
    batches: kept,
    count,
    dispose: () => {
      for (const { input, wanted } of kept) dispose(input, wanted);
    },
  };
}

/**
 * Accuracy of an architecture with the weights it inherits from the supernet, as a fraction. Norms
 * go by the statistics of each batch: running statistics are those of whatever ran while training,
 * not of this path.
 */
export async function inheritedAccuracy(
  model: SearchModel,
  genotype: Genotype,
  { batches, count }: MeasuredExamples,
  signal: AbortSignal | undefined,
): Promise<number> {
  const { space, task } = model;
  const run = pathRunner(model, selectionOf(space, genotype));
  let right = 0;
  for (const batch of batches) {
    await breathe(signal);
    const logits = tidy(() => run(batch.input).logits);
    right += task.right(logits, batch);
    dispose(logits);
  }
  return right / count;
}

import type { Batch } from '@oneshot/data';
import type { Tensor } from '@oneshot/engine';
import type { TaskShape } from '@oneshot/nas';

/** A batch laid out for a network; freed by whoever laid it out. */
export interface TaskBatch {
  /** What goes into the network, `[batch, …]`. */
  readonly input: Tensor;
  /** What should come out, in the form the loss takes. */
  readonly wanted: Tensor;
  /** Examples. */
  readonly count: number;
}

export interface LossOptions {
  /** Share of the probability that is spread over all answers (Szegedy et al. 2016). Default 0. */
  readonly labelSmoothing?: number;
}

/**
 * What a network is trained to do: what its batches, its loss and its metric are. The loops of
 * search and retraining, their measurements and their estimates know a task, never what its
 * examples are.
 */
export interface Task {
  readonly name: string;
  /** What networks are built for. */
  readonly target: TaskShape;
  layOut(batch: Batch): TaskBatch;
  /** Mean over the examples; a scalar, differentiable in the output. */
  loss(output: Tensor, batch: TaskBatch, options?: LossOptions): Tensor;
  /** How many examples were answered right. */
  right(output: Tensor, batch: TaskBatch): number;
}

import type { Tensor, Variable } from '@oneshot/engine';
import type { Remembering } from '../parts/parts.js';

/** The loss on one batch, and its gradients in some variables. */
export interface Pass {
  readonly loss: number;
  readonly accuracy: number;
  /** In the order of the variables asked for; freed by the caller. */
  readonly gradients: readonly Tensor[];
}

/** What an architect sees of one step: losses on the two batches, under the same draw each time. */
export interface ArchitectInput {
  /** α, then β. */
  readonly architecture: readonly Variable[];
  /** The supernet's weights; what an architect changes it puts back. */
  readonly weights: readonly Variable[];
  /** Learning rate of the weights. */
  readonly learningRate: number;
  /** Running statistics follow the batch where `updateRunning` is set. */
  pass(half: 'train' | 'validation', variables: readonly Variable[], updateRunning: boolean): Pass;
  /**
   * The weights as they would be after a step of their optimizer along these gradients, which is
   * not taken.
   */
  ahead(gradients: readonly Tensor[]): readonly Float32Array[];
}

/**
 * How α learns: gradients of α and β from losses on two batches. One that changes as it goes
 * remembers it in `state`.
 */
export interface Architect extends Partial<Remembering> {
  /**
   * The pass that is recorded, with gradients of α and β in their order; freed by the caller.
   * Absent: α and β learn in the weight step's own pass, from its images under its draw.
   */
  gradients?(input: ArchitectInput): Pass;
}

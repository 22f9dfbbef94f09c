import type { LearningRateSpec } from '../schedules/learning-rate-spec.js';

/** An optimizer by name, its options beside it. */
export interface OptimizerSpec {
  /** Absent: the usual one of what is optimized. */
  readonly optimizer?: string;
  readonly [option: string]: unknown;
}

/** How the weights of a network learn. */
export interface WeightsSpec extends OptimizerSpec {
  readonly learningRate: LearningRateSpec;
  readonly weightDecay: number;
  /** Largest global norm of the gradient. */
  readonly clip: number;
}

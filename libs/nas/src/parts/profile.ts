import type { Precision } from '@oneshot/engine';
import type { OptimizerSpec, WeightsSpec } from '../optimizers/optimizer-spec.js';
import type { PartSpec } from '../parts/part-spec.js';
import type { LearningRateSpec } from '../schedules/learning-rate-spec.js';

/** One composition of parts: a method. Every field filled in; plain JSON. */
export interface Profile {
  /** What rankings call it. */
  readonly name: string;
  readonly sampler: PartSpec;
  readonly regularizer: PartSpec;
  /** Changes of the supernet. */
  readonly mutations: readonly PartSpec[];
  readonly edgeNormalisation: boolean;
  /** Sub-networks per step. Absent: one, or as many as the sampler's rule says. */
  readonly draws?: number;
  /** Of the architecture weights under which the network's weights learn. Absent: none. */
  readonly perturbation?: PartSpec;
  /** What ends the search before its last epoch. Absent: nothing. */
  readonly stop?: PartSpec;
  readonly selector: string;
  /** Reads the run's architecture off the trained supernet in the end. Absent: `selector`. */
  readonly finalSelector?: PartSpec;
  readonly epochs: number;
  readonly batch: number;
  readonly recompute: boolean;
  /** What cells run in. Absent: `float32`. */
  readonly precision?: Precision;
  readonly weights: WeightsSpec;
  readonly architecture: ArchitectureSpec;
  readonly augment: { readonly crop: number; readonly flip: boolean; readonly cutout: number };
}

/** How α and β learn. */
export interface ArchitectureSpec extends OptimizerSpec {
  /** A number stays; weight decay is the regularizer's. */
  readonly learningRate: number | LearningRateSpec;
  readonly initialScale: number;
  /** The name of an architect. */
  readonly order: string;
  readonly step: 'before_weights' | 'after_weights';
  readonly frozenEpochs: number;
}

import type { Optimizer } from '@oneshot/engine';
import type { PartSpec } from '../parts/part-spec.js';
import { type OptionsOf, type OptionsShape, type Part, Parts } from '../parts/parts.js';

/**
 * How weights, or α, move along their gradients. What it remembers goes into checkpoints by the
 * engine's names.
 */
export interface OptimizerPart<O = PartSpec> extends Part {
  /** How many arrays as large as what it moves it remembers: estimates of memory count them. */
  readonly moments: number;
  create(options: O, weightDecay: number): Optimizer;
}

export const optimizers = new Parts<OptimizerPart>('optimizer');

/** Adds an optimizer to those that can be named. Throws RangeError if the name is taken. */
export function defineOptimizer<S extends OptionsShape>(
  part: Omit<OptimizerPart<OptionsOf<S>>, 'options'> & { readonly options?: S },
): void {
  // A part is given options that its own schema made; the registry forgets their exact type.
  optimizers.define(part as unknown as OptimizerPart);
}

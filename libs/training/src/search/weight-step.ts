import type { Batch } from '@oneshot/data';
import { clipGlobalNorm, dispose } from '@oneshot/engine';
import type { Draw } from '@oneshot/nas';
import type { StepPosition } from './architecture-step.js';
import type { SearchModel } from './search-model.js';
import { supernetPass } from './supernet-loss.js';

export interface WeightStepResult {
  readonly loss: number;
  readonly accuracy: number;
  /** Before clipping. */
  readonly gradientNorm: number;
  readonly draw: Draw | null;
}

/**
 * One step of the supernet's weights on a training batch, gradients clipped to the profile's norm.
 */
export function weightStep(
  model: SearchModel,
  train: Batch,
  { epoch, step, learningRates }: StepPosition,
): WeightStepResult {
  const { network, profile } = model;
  const draw = () => model.draw('weights', epoch, step);
  const { loss, accuracy, gradients, draw: drawn } = supernetPass(model, train, draw, network.variables, true);
  const clipped = clipGlobalNorm([...gradients], profile.weights.clip);
  model.weightOptimizer.apply(network.variables, clipped.gradients, learningRates.weights);
  dispose(...gradients, ...clipped.gradients);
  return { loss, accuracy, gradientNorm: clipped.norm, draw: drawn };
}

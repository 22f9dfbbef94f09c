import type { Batch } from '@oneshot/data';
import { clipGlobalNorm, dispose } from '@oneshot/engine';
import type { Draw } from '@oneshot/nas';
import type { StepPosition } from './architecture-step.js';
import { GradientSum } from './gradient-sum.js';
import type { SearchModel } from './search-model.js';
import { supernetPass } from './supernet-loss.js';

export interface WeightStepResult {
  readonly loss: number;
  readonly accuracy: number;
  /** Before clipping. */
  readonly gradientNorm: number;
  readonly draws: readonly Draw[];
}

/**
 * One step of the supernet's weights on a training batch: along the sum of the gradients under the
 * step's draws (Wang et al. 2023, eq. 12), clipped to the profile's norm. Running statistics follow
 * the draws one after the other. Losses and accuracies are means.
 */
export function weightStep(model: SearchModel, train: Batch, at: StepPosition): WeightStepResult {
  const { network, profile, draws } = model;
  const sum = new GradientSum();
  const seen: Draw[] = [];
  const mean = { loss: 0, accuracy: 0 };
  for (let draw = 0; draw < draws; draw++) {
    const pass = supernetPass(model, train, () => model.draw('weights', { ...at, draw }), network.variables, true);
    sum.add(pass.gradients);
    if (pass.draw !== null) seen.push(pass.draw);
    mean.loss += pass.loss / draws;
    mean.accuracy += pass.accuracy / draws;
  }
  const gradients = sum.sum();
  const clipped = clipGlobalNorm([...gradients], profile.weights.clip);
  model.weightOptimizer.apply(network.variables, clipped.gradients, at.learningRates.weights);
  dispose(...gradients, ...clipped.gradients);
  return { ...mean, gradientNorm: clipped.norm, draws: seen };
}

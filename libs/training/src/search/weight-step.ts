import type { Batch } from '@oneshot/data';
import type { Draw } from '@oneshot/nas';
import { clippedStep } from '../loop/clipped-step.js';
import { moveArchitecture, penalised, type StepPosition } from './architecture-step.js';
import { GradientSum } from './gradient-sum.js';
import { lossUnder } from './loss-under.js';
import type { SearchModel } from './search-model.js';
import { supernetPass } from './supernet-loss.js';

export interface WeightStepResult {
  readonly loss: number;
  readonly accuracy: number;
  /** Before clipping. */
  readonly gradientNorm: number;
  /** Of α and β, where they moved as well. */
  readonly architectureGradientNorm?: number;
  readonly draws: readonly Draw[];
}

/**
 * One step of the supernet's weights on a training batch: along the sum of the gradients under the
 * step's draws (Wang et al. 2023, eq. 12), clipped to the profile's norm. Running statistics follow
 * the draws one after the other. Losses and accuracies are means.
 *
 * @param withArchitecture whether α and β move as well, along the mean of their gradients in the
 * same passes, with the regularizer's penalty
 */
export function weightStep(
  model: SearchModel,
  train: Batch,
  at: StepPosition,
  withArchitecture = false,
): WeightStepResult {
  const { network, profile, draws } = model;
  const architecture = withArchitecture ? model.architecture : [];
  const [ofArchitecture, ofWeights] = [new GradientSum(), new GradientSum()];
  const seen: Draw[] = [];
  const mean = { loss: 0, accuracy: 0 };
  for (let draw = 0; draw < draws; draw++) {
    const own = { ...at, draw };
    // Found before the pass, for a perturbation may take passes of its own.
    const perturbed = model.moved(own, (drawn) => lossUnder(model, train, drawn));
    const variables = [...architecture, ...network.variables];
    const pass = supernetPass(model, train, () => model.draw('weights', own, perturbed), variables, true);
    ofWeights.add(pass.gradients.slice(architecture.length));
    if (withArchitecture) {
      ofArchitecture.add(penalised(model, pass.gradients.slice(0, architecture.length), 'weights', own).total);
    }
    if (pass.draw !== null) seen.push(pass.draw);
    mean.loss += pass.loss / draws;
    mean.accuracy += pass.accuracy / draws;
  }
  const moved = withArchitecture ? { architectureGradientNorm: moveArchitecture(model, ofArchitecture, at) } : {};
  const gradientNorm = clippedStep(model.weightOptimizer, network.variables, ofWeights.sum(), {
    clip: profile.weights.clip,
    learningRate: at.learningRates.weights,
  });
  return { ...mean, gradientNorm, ...moved, draws: seen };
}

import type { Batch } from '@oneshot/data';
import { dispose, read, type Tensor, tensor } from '@oneshot/engine';
import type { SearchModel } from './search-model.js';
import { secondOrderGradients } from './second-order.js';
import { supernetPass } from './supernet-loss.js';

/** Position of a step in the run, which keys its random numbers. */
export interface StepPosition {
  readonly epoch: number;
  readonly step: number;
  /** Learning rate of the weights in this epoch. */
  readonly learningRate: number;
}

export interface ArchitectureStepResult {
  readonly loss: number;
  readonly accuracy: number;
  readonly gradientNorm: number;
}

/** One step of α and β on a validation batch, with the regularizer's penalty. `train` is the batch of the weight step, used by second order. */
export function architectureStep(
  model: SearchModel,
  validation: Batch,
  train: Batch,
  at: StepPosition,
): ArchitectureStepResult {
  const draw = () => model.draw('architecture', at.epoch, at.step);
  const { loss, accuracy, gradients } =
    model.profile.architecture.order === 'second'
      ? secondOrderGradients(model, validation, train, draw, at.learningRate)
      : supernetPass(model, validation, draw, model.architecture, true);
  const { total, penalty } = penalised(model, gradients);
  const gradientNorm = Math.sqrt(total.reduce((sum, gradient) => sum + squaredNorm(read(gradient)), 0));
  model.architectureOptimizer.apply(model.architecture, total, model.profile.architecture.learningRate);
  dispose(...total);
  return { loss: loss + penalty, accuracy, gradientNorm };
}

/** Adds the regularizer's penalty to the gradients of α, which come first; takes the given gradients over. */
function penalised(
  model: SearchModel,
  gradients: readonly Tensor[],
): { readonly total: readonly Tensor[]; readonly penalty: number } {
  let penalty = 0;
  const total = gradients.map((gradient, index) => {
    const group = model.space.groups[index];
    const alpha = model.alpha[index];
    if (group === undefined || alpha === undefined) return gradient;
    const added = model.regularizer.penalty(read(alpha.value), group.options.length);
    if (added === null) return gradient;
    penalty += added.value;
    const sum = read(gradient).map((value, position) => value + (added.gradient[position] ?? 0));
    dispose(gradient);
    return tensor(sum, alpha.shape);
  });
  return { total, penalty };
}

function squaredNorm(values: Float32Array): number {
  return values.reduce((sum, value) => sum + value * value, 0);
}

import type { Batch } from '@oneshot/data';
import { dispose, read, type Tensor, tensor } from '@oneshot/engine';
import type { ArchitectInput } from '@oneshot/nas';
import type { LearningRates } from '../loop/learning-rates.js';
import { GradientSum } from './gradient-sum.js';
import type { DrawPosition, DrawPurpose, SearchModel } from './search-model.js';
import { supernetPass } from './supernet-loss.js';

/** Position of a step in the run, which keys its random numbers. */
export interface StepPosition {
  readonly epoch: number;
  readonly step: number;
  readonly learningRates: LearningRates;
}

export interface ArchitectureStepResult {
  readonly loss: number;
  readonly accuracy: number;
  readonly gradientNorm: number;
}

/**
 * One step of α and β on a validation batch, with the regularizer's penalty: along the mean of the
 * gradients under the step's draws (Wang et al. 2023, eq. 11). `train` is the batch of the weight
 * step, used by second order. Losses and accuracies are means as well.
 */
export function architectureStep(
  model: SearchModel,
  validation: Batch,
  train: Batch,
  at: StepPosition,
): ArchitectureStepResult {
  const { draws, architect } = model;
  if (architect.gradients === undefined) throw new RangeError('α learns in the weight step');
  const sum = new GradientSum();
  const mean = { loss: 0, accuracy: 0 };
  for (let draw = 0; draw < draws; draw++) {
    const own = { ...at, draw };
    const found = architect.gradients(architectInput(model, validation, train, own));
    const { total, penalty } = penalised(model, found.gradients, 'architecture', own);
    sum.add(total);
    mean.loss += (found.loss + penalty) / draws;
    mean.accuracy += found.accuracy / draws;
  }
  return { ...mean, gradientNorm: moveArchitecture(model, sum, at) };
}

/** Moves α and β along the mean of their gradients; returns its norm. */
export function moveArchitecture(model: SearchModel, gradients: GradientSum, { learningRates }: StepPosition): number {
  const mean = gradients.mean();
  const norm = Math.sqrt(mean.reduce((sum, gradient) => sum + squaredNorm(read(gradient)), 0));
  model.architectureOptimizer.apply(model.architecture, mean, learningRates.architecture);
  dispose(...mean);
  return norm;
}

/** What an architect sees of a step; all its passes see the same draw. */
export function architectInput(
  model: SearchModel,
  validation: Batch,
  train: Batch,
  at: StepPosition & DrawPosition,
): ArchitectInput {
  const { learningRates } = at;
  const draw = () => model.draw('architecture', at);
  const { network, architecture, weightOptimizer } = model;
  return {
    architecture,
    weights: network.variables,
    learningRate: learningRates.weights,
    pass: (half, variables, updateRunning) =>
      supernetPass(model, half === 'train' ? train : validation, draw, variables, updateRunning),
    ahead(gradients) {
      const ahead = weightOptimizer.ahead?.(network.variables, gradients, learningRates.weights);
      if (ahead === undefined) throw new RangeError('the optimizer of the weights cannot look ahead of a step');
      return ahead;
    },
  };
}

/**
 * Adds the regularizer's penalty to the gradients of α, which come first; takes the given gradients
 * over.
 */
export function penalised(
  model: SearchModel,
  gradients: readonly Tensor[],
  purpose: DrawPurpose,
  at: DrawPosition,
): { readonly total: readonly Tensor[]; readonly penalty: number } {
  const { alpha, space, regularizer } = model;
  const penalty = regularizer.penalty?.({
    groups: space.groups,
    alpha,
    draw: () => model.draw(purpose, at),
    cost: (measure) => model.expectedCost(measure),
  });
  if (penalty === undefined) return { total: gradients, penalty: 0 };
  const total = gradients.map((gradient, index) => {
    const name = alpha[index]?.name;
    const added = name === undefined ? undefined : penalty.gradients.get(name);
    if (added === undefined) return gradient;
    const sum = read(gradient).map((value, position) => value + (added[position] ?? 0));
    const { shape } = gradient;
    dispose(gradient);
    return tensor(sum, shape);
  });
  return { total, penalty: penalty.value };
}

function squaredNorm(values: Float32Array): number {
  return values.reduce((sum, value) => sum + value * value, 0);
}

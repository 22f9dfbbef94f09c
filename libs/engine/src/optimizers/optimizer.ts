import { invalidArgument } from '../errors.js';
import { view } from '../tensor/read.js';
import type { Tensor } from '../tensor/tensor.js';
import type { Variable } from '../variables/variable.js';
import type { OptimizerState } from './state.js';

export interface Optimizer {
  /** Changes every variable by one step. The gradients stay with the caller. */
  apply(variables: readonly Variable[], gradients: readonly Tensor[], learningRate: number): void;
  /**
   * The values variables would have after one step that is not taken. Absent where such a step is
   * no simple function of the gradient.
   */
  ahead?(variables: readonly Variable[], gradients: readonly Tensor[], learningRate: number): readonly Float32Array[];
  /** A copy of everything remembered. */
  state(): OptimizerState;
  /** Takes up a state; what it does not hold starts from zero. */
  restore(state: OptimizerState): void;
}

/**
 * Calls `update` with the values of every variable and its gradient, and stores the values it
 * leaves.
 */
export function updateEach(
  variables: readonly Variable[],
  gradients: readonly Tensor[],
  update: (name: string, weights: Float32Array, gradient: Float32Array) => void,
): void {
  if (variables.length !== gradients.length) {
    invalidArgument('gradients', `expected ${variables.length}, one per variable, found ${gradients.length}`);
  }
  variables.forEach((variable, i) => {
    const gradient = gradients[i] as Tensor;
    if (gradient.shape.join() !== variable.shape.join()) {
      invalidArgument(
        `gradients[${i}]`,
        `expected [${variable.shape}] for ${variable.name}, found [${gradient.shape}]`,
      );
    }
    variable.update((weights) => update(variable.name, weights, view(gradient)));
  });
}

/** Refuses a number outside `[minimum, maximum)`. */
export function within(path: string, value: number, minimum: number, maximum = Number.POSITIVE_INFINITY): number {
  if (!(value >= minimum && value < maximum)) {
    invalidArgument(path, `expected a number in [${minimum}, ${maximum}), found ${value}`);
  }
  return value;
}

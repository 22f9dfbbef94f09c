import type { Tensor } from '../tensor/tensor.js';
import type { Variable } from '../variables/variable.js';
import { optimizerArithmetic } from './arithmetic.js';
import { type Optimizer, updateEach, within } from './optimizer.js';
import { Moments, type OptimizerState } from './state.js';

export interface MomentumSgdOptions {
  /** In `[0, 1)`. */
  readonly momentum: number;
  /** Added to the gradient times the weight (L2), or subtracted from the weight where decoupled. */
  readonly weightDecay: number;
  /** Default false. */
  readonly nesterov?: boolean;
  /** Default false, as in PyTorch's SGD. */
  readonly decoupledWeightDecay?: boolean;
}

/** Stochastic gradient descent with momentum, `v ← μv + g; w ← w − ηv` (dampening 0, as PyTorch). */
export class MomentumSgd implements Optimizer {
  readonly #velocity = new Moments('velocity');

  constructor(private readonly options: MomentumSgdOptions) {
    within('momentum', options.momentum, 0, 1);
    within('weightDecay', options.weightDecay, 0);
  }

  apply(variables: readonly Variable[], gradients: readonly Tensor[], learningRate: number): void {
    const { momentum, weightDecay, nesterov = false, decoupledWeightDecay: decoupled = false } = this.options;
    const step = { learningRate, momentum, weightDecay, nesterov, decoupled };
    updateEach(variables, gradients, (name, weights, gradient) =>
      optimizerArithmetic().momentumSgd(weights, this.#velocity.of(name, weights.length), gradient, step),
    );
  }

  state(): OptimizerState {
    const state: OptimizerState = {};
    this.#velocity.write(state);
    return state;
  }

  restore(state: OptimizerState): void {
    this.#velocity.restore(state);
  }
}

import { read, view } from '../tensor/read.js';
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

/**
 * Stochastic gradient descent with momentum, `v ← μv + g; w ← w − ηv` (dampening 0, as PyTorch).
 */
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

  /**
   * The values variables would have after a step of heavy-ball momentum with coupled decay,
   * `w − η(μv + g + decay·w)`, in double precision; nothing changes (Liu et al. 2019, code).
   */
  ahead(variables: readonly Variable[], gradients: readonly Tensor[], learningRate: number): Float32Array[] {
    const { momentum, weightDecay } = this.options;
    return variables.map(({ name, value }, at) => {
      const values = read(value);
      const gradient = gradients[at];
      const slopes = gradient === undefined ? new Float32Array(values.length) : view(gradient);
      const velocity = this.#velocity.of(name, values.length);
      return values.map((weight, i) => {
        const slope = (slopes[i] ?? 0) + weightDecay * weight;
        return weight - learningRate * (momentum * (velocity[i] ?? 0) + slope);
      });
    });
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

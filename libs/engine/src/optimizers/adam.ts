import type { Tensor } from '../tensor/tensor.js';
import type { Variable } from '../variables/variable.js';
import { optimizerArithmetic } from './arithmetic.js';
import { type Optimizer, updateEach, within } from './optimizer.js';
import { Moments, type OptimizerState } from './state.js';

export interface AdamOptions {
  /** In `[0, 1)`. */
  readonly beta1: number;
  /** In `[0, 1)`. */
  readonly beta2: number;
  /** Default 1e-8. */
  readonly epsilon?: number;
  /** Default 0. */
  readonly weightDecay?: number;
  /**
   * Default false (L2 in the gradient, as PyTorch's Adam); true is AdamW (Loshchilov and Hutter
   * 2019).
   */
  readonly decoupledWeightDecay?: boolean;
}

/**
 * Adam with bias correction (Kingma and Ba 2015, algorithm 1). Every variable has a step counter of
 * its own.
 */
export class Adam implements Optimizer {
  readonly #first = new Moments('first');
  readonly #second = new Moments('second');
  readonly #steps = new Moments('step');

  constructor(private readonly options: AdamOptions) {
    within('beta1', options.beta1, 0, 1);
    within('beta2', options.beta2, 0, 1);
    within('epsilon', options.epsilon ?? 1e-8, 0);
    within('weightDecay', options.weightDecay ?? 0, 0);
  }

  apply(variables: readonly Variable[], gradients: readonly Tensor[], learningRate: number): void {
    const { beta1, beta2, epsilon = 1e-8, weightDecay = 0, decoupledWeightDecay: decoupled = false } = this.options;
    updateEach(variables, gradients, (name, weights, gradient) => {
      const counter = this.#steps.of(name, 1);
      const step = (counter[0] ?? 0) + 1;
      counter[0] = step;
      const first = this.#first.of(name, weights.length);
      const second = this.#second.of(name, weights.length);
      const constants = { step, learningRate, beta1, beta2, epsilon, weightDecay, decoupled };
      optimizerArithmetic().adam(weights, first, second, gradient, constants);
    });
  }

  state(): OptimizerState {
    const state: OptimizerState = {};
    for (const moments of [this.#first, this.#second, this.#steps]) moments.write(state);
    return state;
  }

  restore(state: OptimizerState): void {
    for (const moments of [this.#first, this.#second, this.#steps]) moments.restore(state);
  }
}

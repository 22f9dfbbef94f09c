import type { OptimizerArithmetic } from '../optimizers/arithmetic.js';
import type { Addon } from './addon.js';

/** The optimizers' updates in Rust. */
export function nativeOptimizerArithmetic(addon: Addon): OptimizerArithmetic {
  return {
    squaredNorm: (values) => addon.squaredNorm(values),
    momentumSgd(weights, velocity, gradient, { learningRate, momentum, weightDecay, nesterov, decoupled }) {
      addon.momentumSgd(weights, velocity, gradient, learningRate, momentum, weightDecay, nesterov, decoupled);
    },
    adam(weights, first, second, gradient, { step, learningRate, beta1, beta2, epsilon, weightDecay, decoupled }) {
      addon.adam(weights, first, second, gradient, step, learningRate, beta1, beta2, epsilon, weightDecay, decoupled);
    },
  };
}

import type { OptimizerArithmetic } from '../optimizers/arithmetic.js';
import type { Addon } from './addon.js';
import { callingAddon } from './failure.js';

/** The optimizers' updates in Rust. */
export function nativeOptimizerArithmetic(addon: Addon): OptimizerArithmetic {
  return {
    squaredNorm: (values) => callingAddon(() => addon.squaredNorm(values)),
    momentumSgd(weights, velocity, gradient, { learningRate, momentum, weightDecay, nesterov, decoupled }) {
      callingAddon(() =>
        addon.momentumSgd(weights, velocity, gradient, learningRate, momentum, weightDecay, nesterov, decoupled),
      );
    },
    adam(weights, first, second, gradient, { step, learningRate, beta1, beta2, epsilon, weightDecay, decoupled }) {
      callingAddon(() =>
        addon.adam(weights, first, second, gradient, step, learningRate, beta1, beta2, epsilon, weightDecay, decoupled),
      );
    },
  };
}

/** Constants of one step of stochastic gradient descent with momentum. */
export interface MomentumStep {
  readonly learningRate: number;
  readonly momentum: number;
  readonly weightDecay: number;
  readonly nesterov: boolean;
  readonly decoupled: boolean;
}

/** Constants of one step of Adam; `step` counts from 1. */
export interface AdamStep {
  readonly step: number;
  readonly learningRate: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  readonly weightDecay: number;
  readonly decoupled: boolean;
}

/** The updates of the optimizers on flat arrays, in place. A backend may bring faster ones. */
export interface OptimizerArithmetic {
  momentumSgd(weights: Float32Array, velocity: Float32Array, gradient: Float32Array, step: MomentumStep): void;
  /** Sum of squares. */
  squaredNorm(values: Float32Array): number;
  adam(weights: Float32Array, first: Float32Array, second: Float32Array, gradient: Float32Array, step: AdamStep): void;
}

const plain: OptimizerArithmetic = {
  squaredNorm(values) {
    let sum = 0;
    for (let i = 0; i < values.length; i++) sum += (values[i] as number) ** 2;
    return sum;
  },
  momentumSgd(weights, velocity, gradient, { learningRate, momentum, weightDecay, nesterov, decoupled }) {
    for (let i = 0; i < weights.length; i++) {
      const weight = weights[i] as number;
      const g = (gradient[i] as number) + (decoupled ? 0 : weightDecay * weight);
      const v = momentum * (velocity[i] as number) + g;
      velocity[i] = v;
      const decay = decoupled ? learningRate * weightDecay * weight : 0;
      weights[i] = weight - decay - learningRate * (nesterov ? g + momentum * v : v);
    }
  },
  adam(weights, first, second, gradient, { step, learningRate, beta1, beta2, epsilon, weightDecay, decoupled }) {
    const correction1 = 1 - beta1 ** step;
    const correction2 = 1 - beta2 ** step;
    for (let i = 0; i < weights.length; i++) {
      const weight = weights[i] as number;
      const g = (gradient[i] as number) + (decoupled ? 0 : weightDecay * weight);
      const m = beta1 * (first[i] as number) + (1 - beta1) * g;
      const v = beta2 * (second[i] as number) + (1 - beta2) * g * g;
      first[i] = m;
      second[i] = v;
      const decay = decoupled ? learningRate * weightDecay * weight : 0;
      weights[i] = weight - decay - (learningRate * (m / correction1)) / (Math.sqrt(v / correction2) + epsilon);
    }
  },
};

let current: OptimizerArithmetic = plain;

export function optimizerArithmetic(): OptimizerArithmetic {
  return current;
}

/** Set with the backend; null restores the plain one. */
export function setOptimizerArithmetic(arithmetic: OptimizerArithmetic | null): void {
  current = arithmetic ?? plain;
}

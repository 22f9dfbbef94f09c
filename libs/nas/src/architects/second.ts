import { dispose, read, type Tensor, tensor, type Variable } from '@oneshot/engine';
import { optimizerName } from '../optimizers/optimizer.js';
import type { ArchitectInput, Pass } from './architect.js';
import { defineArchitect } from './registry.js';

/**
 * Radius of the finite difference is this over the norm of the direction (Liu et al. 2019, code).
 */
const RADIUS = 0.01;

defineArchitect({
  name: 'second',
  summary: 'the gradient of the validation loss one weight step ahead',
  source: 'Liu et al. 2019, eqs. 7 and 8',
  exclusions({ architecture, weights }) {
    const faults = [];
    if (architecture.step === 'after_weights') {
      const message = 'second order looks ahead of the weight step; allowed: before_weights';
      faults.push({ path: 'architecture.step', message });
    }
    const optimizer = optimizerName(weights, 'weights');
    if (optimizer !== 'sgd') {
      const message = `second order differentiates one step of SGD, whose weights are linear in the gradient; found ${optimizer}; allowed: sgd`;
      faults.push({ path: 'weights.optimizer', message });
    }
    return faults;
  },
  create: () => ({ gradients: secondOrderGradients }),
});

/**
 * Gradient of the validation loss in α one weight step ahead (Liu et al. 2019, eqs. 7 and 8): with
 * w' = w − η(momentum + gradient + decay·w), ∇α L_val(w', α) − η·(∇α L_train(w⁺, α) − ∇α
 * L_train(w⁻, α)) / 2ε, where w± = w ± ε·∇w' L_val(w', α) and ε = 0.01/‖∇w' L_val‖. α stands for β
 * as well. Weights are as before when it returns.
 */
export function secondOrderGradients({ architecture, weights, learningRate, pass, ahead }: ArchitectInput): Pass {
  const before = weights.map(({ value }) => read(value).slice());
  const atTrain = pass('train', weights, true);
  assignAll(weights, ahead(atTrain.gradients));
  dispose(...atTrain.gradients);

  const looked = pass('validation', [...architecture, ...weights], false);
  const direct = looked.gradients.slice(0, architecture.length);
  const direction = looked.gradients.slice(architecture.length).map((gradient) => read(gradient).slice());
  dispose(...looked.gradients.slice(architecture.length));
  const norm = Math.sqrt(direction.reduce((sum, part) => sum + part.reduce((own, value) => own + value * value, 0), 0));
  const radius = RADIUS / norm;

  const shifted = (sign: 1 | -1): readonly Tensor[] => {
    const values = before.map((bank, at) =>
      bank.map((value, index) => value + sign * radius * (direction[at]?.[index] ?? 0)),
    );
    assignAll(weights, values);
    return pass('train', architecture, false).gradients;
  };
  const above = norm > 0 ? shifted(1) : [];
  const below = norm > 0 ? shifted(-1) : [];
  assignAll(weights, before);

  const total = direct.map((gradient, group) => {
    const [plus, minus] = [above[group], below[group]];
    if (plus === undefined || minus === undefined) return tensor(read(gradient), gradient.shape);
    const [p, m] = [read(plus), read(minus)];
    const values = read(gradient).map(
      (value, i) => value - (learningRate * ((p[i] ?? 0) - (m[i] ?? 0))) / (2 * radius),
    );
    return tensor(values, gradient.shape);
  });
  dispose(...direct, ...above, ...below);
  return { ...looked, gradients: total };
}

function assignAll(targets: readonly Variable[], values: readonly Float32Array[]): void {
  targets.forEach((target, index) => {
    const next = tensor(values[index] ?? new Float32Array(0), target.shape);
    target.assign(next);
    dispose(next);
  });
}

import type { Batch } from '@oneshot/data';
import { dispose, read, type Tensor, tensor } from '@oneshot/engine';
import type { Draw } from '@oneshot/nas';
import { assign, type SearchModel } from './search-model.js';
import { type SupernetPass, supernetPass } from './supernet-loss.js';

/** Radius of the finite difference is this over the norm of the direction (Liu et al. 2019, code). */
const RADIUS = 0.01;

/**
 * Gradient of the validation loss in α one weight step ahead (Liu et al. 2019, eqs. 7 and 8): with w' = w − η(momentum + gradient +
 * decay·w), ∇α L_val(w', α) − η·(∇α L_train(w⁺, α) − ∇α L_train(w⁻, α)) / 2ε, where w± = w ± ε·∇w' L_val(w', α) and ε = 0.01/‖∇w' L_val‖.
 * α stands for β as well. All passes see the same draw. Weights are as before when it returns.
 */
export function secondOrderGradients(
  model: SearchModel,
  validation: Batch,
  train: Batch,
  draw: () => Draw,
  learningRate: number,
): SupernetPass {
  const { network, architecture } = model;
  const weights = network.variables.map(({ value }) => read(value).slice());
  const setWeights = (change: (value: number, bank: number, index: number) => number) =>
    network.variables.forEach((target, bank) => {
      assign(
        target,
        (weights[bank] ?? new Float32Array(0)).map((value, index) => change(value, bank, index)),
      );
    });

  const ahead = supernetPass(model, train, draw, network.variables, true);
  const gradients = ahead.gradients.map((gradient) => read(gradient).slice());
  dispose(...ahead.gradients);
  const { momentum, weightDecay } = model.profile.weights;
  const velocity = model.weightOptimizer.state();
  const buffers = network.variables.map(({ name }) => velocity[`velocity/${name}`]);
  setWeights((value, bank, index) => {
    const gradient = (gradients[bank]?.[index] ?? 0) + weightDecay * value;
    return value - learningRate * (momentum * (buffers[bank]?.[index] ?? 0) + gradient);
  });

  const looked = supernetPass(model, validation, draw, [...architecture, ...network.variables], false);
  const direct = looked.gradients.slice(0, architecture.length);
  const direction = looked.gradients.slice(architecture.length).map((gradient) => read(gradient).slice());
  dispose(...looked.gradients.slice(architecture.length));
  const norm = Math.sqrt(direction.reduce((sum, part) => sum + part.reduce((own, value) => own + value * value, 0), 0));
  const radius = RADIUS / norm;

  const shifted = (sign: 1 | -1): readonly Tensor[] => {
    setWeights((value, bank, index) => value + sign * radius * (direction[bank]?.[index] ?? 0));
    return supernetPass(model, train, draw, architecture, false).gradients;
  };
  const above = norm > 0 ? shifted(1) : [];
  const below = norm > 0 ? shifted(-1) : [];
  setWeights((value) => value);

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

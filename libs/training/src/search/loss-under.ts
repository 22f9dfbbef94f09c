import type { Batch } from '@oneshot/data';
import { dispose, read, valueAndGradients, variable } from '@oneshot/engine';
import { type Draw, mixOf, type PerturbationInput } from '@oneshot/nas';
import type { SearchModel } from './search-model.js';

/**
 * The loss on a batch under given architecture weights in place of those of a draw, and its
 * gradients in them. Norms go by their running statistics, nothing is drawn, nothing moves.
 */
export function lossUnder(model: SearchModel, batch: Batch, draw: Draw): PerturbationInput['lossUnder'] {
  const { task, network, supernet, space } = model;
  const { precision = 'float32' } = model.profile;
  const { active, bare } = draw;
  const path = active === undefined ? supernet.description : supernet.path(active, bare);
  return (weights) => {
    const examples = task.layOut(batch);
    const variables = space.groups.map(({ name, choices, options }) =>
      variable((weights.get(name) ?? new Float32Array(0)).slice(), [choices.length, options.length], name),
    );
    const { loss, gradients } = valueAndGradients(() => {
      const mixed = new Map(variables.map(({ name, value }) => [name, value]));
      const mix = mixOf({ ...draw, weights: mixed });
      return task.loss(network.forward(examples.input, { mode: 'eval', mix, path, precision }).logits, examples);
    }, variables);
    const found = variables.map(({ name }, index) => {
      const gradient = gradients[index];
      return [name, gradient === undefined ? new Float32Array(0) : read(gradient).slice()] as const;
    });
    dispose(examples.input, examples.wanted, ...gradients);
    for (const each of variables) each.dispose();
    return { loss, gradients: new Map(found) };
  };
}

import { type Tensor, tensor } from '@oneshot/engine';
import type { Sampler } from './sampler.js';

/** Uniform single path (Li and Talwalkar 2019; Guo et al. 2020): one option per choice, each equally likely. α does not learn. */
export function uniformSampler(): Sampler {
  return {
    name: 'uniform',
    differentiable: false,
    singlePath: true,
    draw(groups, _, { stream }) {
      const weights = new Map<string, Tensor>();
      const active = new Map<string, Int32Array>();
      for (const group of groups) {
        const chosen = stream(group.name, 0).integers(group.choices.length, group.options.length);
        const hard = new Float32Array(group.choices.length * group.options.length);
        const options = Int32Array.from(chosen);
        options.forEach((option, row) => {
          hard[row * group.options.length + option] = 1;
        });
        weights.set(group.name, tensor(hard, [group.choices.length, group.options.length]));
        active.set(group.name, options);
      }
      return { weights, active, bare: false };
    },
    expectation: (group, alpha) => new Float32Array(alpha.length).fill(1 / group.options.length),
  };
}

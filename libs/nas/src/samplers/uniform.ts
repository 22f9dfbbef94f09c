import { someOf } from '../genotype/random.js';
import { defineSampler } from './registry.js';
import { hardWeights, type Sampler } from './sampler.js';

defineSampler({
  name: 'uniform',
  summary: 'as many options as each choice keeps run, each set equally likely; α does not learn',
  source: 'Li and Talwalkar 2019; Guo et al. 2020',
  create: uniformSampler,
});

/**
 * Uniform single path (Li and Talwalkar 2019; Guo et al. 2020): per choice as many options as it
 * keeps, each set equally likely. α does not learn.
 */
export function uniformSampler(): Sampler {
  return {
    differentiable: false,
    singlePath: true,
    draw(groups, _, { stream }) {
      const active = new Map<string, readonly string[]>();
      for (const { name, choices, options } of groups) {
        const most = Math.max(...choices.map(({ keeps = 1 }) => keeps));
        const drawn = stream(name, 0).integers(choices.length, options.length);
        // Choices that keep several options draw on from numbers of their own.
        const more = most === 1 ? [] : Array.from(stream(name, 1).uniform(most * choices.length));
        for (const { id, row, options: own, keeps = 1 } of choices) {
          const below = (bound: number): number => Math.min(bound - 1, Math.floor((more.shift() ?? 0) * bound));
          active.set(id, keeps === 1 ? own.slice(drawn[row] ?? 0).slice(0, 1) : someOf(own, keeps, below));
        }
      }
      return { weights: hardWeights(groups, active), active, bare: false };
    },
    expectation: (group, alpha) => new Float32Array(alpha.length).fill(1 / group.options.length),
  };
}

import { z } from 'zod';
import type { Selection } from '../build/selection.js';
import { randomSelection, someOf } from '../genotype/random.js';
import type { OptionsOf } from '../parts/parts.js';
import type { ChoiceGroup } from '../spaces/choice.js';
import { defineSampler } from './registry.js';
import { type DrawContext, hardWeights, type Sampler } from './sampler.js';

const options = {
  /**
   * Draws whole architectures, each equally likely: where a space keeps two edges per node, only
   * two run, each with an operation other than `none`. Default: every edge runs.
   */
  architectures: z.literal(true).optional(),
};

defineSampler({
  name: 'uniform',
  summary: 'as many options as each choice keeps run, each set equally likely; α does not learn',
  source: 'Li and Talwalkar 2019; Guo et al. 2020',
  options,
  create: uniformSampler,
});

/**
 * Uniform single path (Li and Talwalkar 2019; Guo et al. 2020): per choice as many options as it
 * keeps, each set equally likely. α does not learn.
 */
export function uniformSampler({ architectures }: OptionsOf<typeof options> = {}): Sampler {
  return {
    differentiable: false,
    singlePath: true,
    draw(groups, _, context) {
      const active = architectures === true ? drawnArchitecture(groups, context) : drawnOptions(groups, context);
      return { weights: hardWeights(groups, active), active, bare: false };
    },
    expectation: (group, alpha) => new Float32Array(alpha.length).fill(1 / group.options.length),
  };
}

/** What one architecture keeps; all groups belong to it, hence to one stream. */
function drawnArchitecture(groups: readonly ChoiceGroup[], { topology, stream }: DrawContext): Selection {
  const choices = groups.flatMap((group) => group.choices);
  return randomSelection({ groups, choices, ...(topology && { topology }) }, stream('architecture', 0));
}

function drawnOptions(groups: readonly ChoiceGroup[], { stream }: DrawContext): Selection {
  const active = new Map<string, readonly string[]>();
  for (const { name, choices, options: columns } of groups) {
    const most = Math.max(...choices.map(({ keeps = 1 }) => keeps));
    const drawn = stream(name, 0).integers(choices.length, columns.length);
    // Choices that keep several options draw on from numbers of their own.
    const more = most === 1 ? [] : Array.from(stream(name, 1).uniform(most * choices.length));
    for (const { id, row, options: own, keeps = 1 } of choices) {
      const below = (bound: number): number => Math.min(bound - 1, Math.floor((more.shift() ?? 0) * bound));
      active.set(id, keeps === 1 ? own.slice(drawn[row] ?? 0).slice(0, 1) : someOf(own, keeps, below));
    }
  }
  return active;
}

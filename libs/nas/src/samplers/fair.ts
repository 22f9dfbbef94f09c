import type { Space } from '../spaces/space.js';
import { defineSampler } from './registry.js';
import { hardWeights, type Sampler } from './sampler.js';

defineSampler({
  name: 'fair',
  summary:
    'as many single paths a step as there are options, each option of each choice in one of them; α does not learn',
  source: 'Chu et al. 2021, algorithm 1',
  exclusions(_, __, space) {
    const message = space === null ? null : unfair(space);
    return message === null ? [] : [{ path: 'sampler.name', message }];
  },
  create: fairSampler,
});

/**
 * Strict fairness (Chu et al. 2021, algorithm 1): per step and choice a permutation of its options,
 * and as many single paths as there are options, path k taking the k-th of each. The gradients of
 * all are added up for one step of the weights, so that every option is trained exactly once in it.
 * A choice of one option is no decision; its option is in every path. α does not learn.
 */
export function fairSampler(): Sampler {
  return {
    differentiable: false,
    singlePath: true,
    draws: (groups) => Math.max(...groups.map(({ options }) => options.length)),
    draw(groups, _, { draw, common }) {
      const active = new Map(
        groups.flatMap(({ name, choices }) =>
          choices.map(({ id, row, options }) => {
            const order = common(name).at(row).permutation(options.length);
            return [id, options.slice(order[draw % options.length]).slice(0, 1)] as const;
          }),
        ),
      );
      return { weights: hardWeights(groups, active), active, bare: false };
    },
    expectation: (group, alpha) => new Float32Array(alpha.length).fill(1 / group.options.length),
  };
}

/** Why options of a space cannot all be trained exactly once in a step; null where they can. */
function unfair({ name, choices, kind, definition }: Space): string | null {
  const decided = choices.filter(({ options }) => options.length > 1);
  const several = decided.find(({ keeps = 1 }) => keeps > 1);
  if (several !== undefined) {
    return `fair trains one option of each choice in a path; ${name} keeps ${several.keeps} of ${several.id}`;
  }
  const counts = [...new Set(decided.map(({ options }) => options.length))].sort((a, b) => a - b);
  if (counts.length > 1) {
    return `fair trains every option exactly once a step, which needs choices of as many options each; those of ${name} have ${counts.join(', ')}`;
  }
  const first = new Map(choices.map(({ id, options }) => [id, options.slice(0, 1)] as const));
  for (const { id, options } of decided) {
    for (const option of options) {
      const relevant = kind.relevant?.(definition, new Map(first).set(id, [option]));
      const idle = relevant && decided.find((other) => !relevant(other.id));
      if (idle !== undefined) {
        return `fair trains every option exactly once a step; in ${name} ${id} decides whether ${idle.id} runs at all`;
      }
    }
  }
  return null;
}

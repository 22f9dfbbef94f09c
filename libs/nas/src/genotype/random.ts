import type { RandomStream } from '@oneshot/engine';
import type { Choice, ChoiceGroup, GroupName, Space } from '../spaces/space.js';
import { canonicalGenotype, type Genotype, type GenotypeCell, type GenotypeEdge } from './genotype.js';

/**
 * A genotype drawn uniformly: where every edge is kept, each operation; in the DARTS space per node two different inputs and for
 * each an operation other than `none`. A pure function of the stream; one integer draw per group.
 */
export function randomGenotype(space: Space, stream: RandomStream): Genotype {
  const numbers = stream.uniform(space.groups.reduce((count, group) => count + 2 * group.choices.length, 0));
  let next = 0;
  const below = (bound: number): number => Math.min(bound - 1, Math.floor((numbers[next++] ?? 0) * bound));
  const cells: Partial<Record<GroupName, GenotypeCell>> = {};
  for (const group of space.groups) cells[group.name] = randomCell(space, group, below);
  return canonicalGenotype({ space: space.name, cells });
}

function randomCell(space: Space, group: ChoiceGroup, below: (bound: number) => number): GenotypeCell {
  const { inputs, nodes, concat, kept } = space.topology;
  const options = kept === 'all' ? group.options : group.options.filter((op) => op !== 'none');
  const draw = (choice: Choice): GenotypeEdge => {
    const op = options[below(options.length)];
    if (op === undefined) throw new RangeError('a drawn option lies outside its choice');
    return { op, from: choice.from };
  };
  return {
    nodes: Array.from({ length: nodes }, (_, index) => {
      const entering = group.choices.filter(({ node }) => node === index + inputs);
      if (kept === 'all') return entering.map(draw);
      const first = below(entering.length);
      const second = (first + 1 + below(entering.length - 1)) % entering.length;
      return entering.filter((_, position) => position === first || position === second).map(draw);
    }),
    concat,
  };
}

import type { ActiveOptions } from '../build/single-path.js';
import { type Fault, NasError } from '../errors.js';
import type { GroupName, Space } from '../spaces/space.js';
import { canonicalGenotype, type Genotype, type GenotypeCell } from './genotype.js';

/** Whether every edge of the space is kept, so that an architecture is one option per choice and nothing else. */
export function keepsEveryEdge(space: Space): boolean {
  return space.topology.kept === 'all';
}

/** Number of architectures of a space that keeps every edge, written differently: isomorphic ones count each. */
export function spaceSize(space: Space): number {
  requireEveryEdge(space);
  return space.groups.reduce((size, { choices, options }) => size * options.length ** choices.length, 1);
}

/** The architecture of that number, from 0: its digits are options, the first choice of the first group varying fastest. */
export function genotypeAt(space: Space, index: number): Genotype {
  if (!Number.isInteger(index) || index < 0 || index >= spaceSize(space)) {
    throw new RangeError(`found architecture ${index}; allowed whole numbers below ${spaceSize(space)}`);
  }
  let rest = index;
  return genotypeOf(space, (_, options) => {
    const option = rest % options;
    rest = Math.floor(rest / options);
    return option;
  });
}

/**
 * The architecture with the options an inverse distribution function gives: per choice a uniform number of [0, 1) falls on one of its options.
 *
 * @param probabilities by group, row-major `[choices, options]`; rows add up to 1
 * @param uniform one number per choice, in order
 */
export function genotypeFromUniform(
  space: Space,
  probabilities: ReadonlyMap<string, ArrayLike<number>>,
  uniform: ArrayLike<number>,
): Genotype {
  requireEveryEdge(space);
  let next = 0;
  return genotypeOf(space, (group, options, row) => {
    const weights = probabilities.get(group) ?? [];
    let left = uniform[next++] ?? 0;
    for (let option = 0; option < options; option++) {
      left -= weights[row * options + option] ?? 0;
      if (left < 0) return option;
    }
    // Rounding may leave a little: the last option that can be drawn takes it.
    for (let option = options - 1; option > 0; option--) if ((weights[row * options + option] ?? 0) > 0) return option;
    return 0;
  });
}

/** The option of every choice, by group and row. Throws NasError `invalid_genotype` if the genotype is not one of the space. */
export function optionsOf(space: Space, genotype: Genotype): ActiveOptions {
  requireEveryEdge(space);
  const { inputs } = space.topology;
  const faults: Fault[] = [];
  const active = space.groups.map(({ name, choices, options }) => {
    const rows = choices.map(({ node, from }) => {
      const edge = genotype.cells[name]?.nodes[node - inputs]?.find((each) => each.from === from);
      const option = edge === undefined ? -1 : options.indexOf(edge.op);
      if (option < 0)
        faults.push({ path: `cells.${name}`, message: `has no option of the edge from ${from} to ${node}` });
      return option;
    });
    return [name, Int32Array.from(rows)] as const;
  });
  if (faults.length > 0) throw new NasError('invalid_genotype', faults);
  return new Map(active);
}

function genotypeOf(space: Space, option: (group: GroupName, options: number, row: number) => number): Genotype {
  const cells: Partial<Record<GroupName, GenotypeCell>> = {};
  const { inputs, nodes, concat } = space.topology;
  for (const { name, choices, options } of space.groups) {
    const edges = choices.map(({ node, from, row }) => {
      const op = options[option(name, options.length, row)];
      if (op === undefined) throw new RangeError('an option lies outside its choice');
      return { node, op, from };
    });
    cells[name] = {
      nodes: Array.from({ length: nodes }, (_, index) =>
        edges.filter(({ node }) => node === index + inputs).map(({ op, from }) => ({ op, from })),
      ),
      concat,
    };
  }
  return canonicalGenotype({ space: space.name, cells });
}

function requireEveryEdge(space: Space): void {
  if (keepsEveryEdge(space)) return;
  throw new NasError('invalid_space', [
    {
      path: 'space.name',
      message: `found ${space.name}, of whose edges a genotype keeps two per node; allowed: toy_cell, nasbench201`,
    },
  ]);
}

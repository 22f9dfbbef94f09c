import type { Selection } from '../build/selection.js';
import type { Choice } from '../spaces/choice.js';
import type { Space } from '../spaces/space.js';
import { canonicalGenotype, type Genotype, type GenotypeEdge, hasCells } from './genotype.js';

/**
 * What an architecture keeps at every choice of its space; an edge that is gone keeps nothing. The
 * architecture belongs to the space.
 */
export function selectionOf(space: Space, genotype: Genotype): Selection {
  const inputs = space.topology?.inputs ?? 0;
  return new Map(
    space.choices.map((choice) => {
      if (!hasCells(genotype))
        return [choice.id, genotype.picks[choice.id] ?? choice.options.slice(0, choice.keeps ?? 1)];
      const { node, from } = choice.site ?? { node: 0, from: 0 };
      const edges = genotype.cells[cellOf(choice)]?.nodes[node - inputs] ?? [];
      return [choice.id, edges.filter((edge) => edge.from === from).map(({ op }) => op)];
    }),
  );
}

/**
 * The architecture that keeps these options. Choices that come to nothing, such as the kernel of a
 * layer that is not there, are left out.
 */
export function genotypeOf(space: Space, selection: Selection): Genotype {
  const { topology, kind, definition } = space;
  if (topology === undefined) {
    const relevant = kind.relevant?.(definition, selection);
    const picks = space.choices.flatMap(({ id }) =>
      relevant === undefined || relevant(id) ? [[id, selection.get(id) ?? []] as const] : [],
    );
    return canonicalGenotype({ space: space.name, picks: Object.fromEntries(picks) });
  }
  const entering = new Map<string, GenotypeEdge[][]>();
  for (const choice of space.choices) {
    const { node, from } = choice.site ?? { node: 0, from: 0 };
    const group = cellOf(choice);
    const nodes = entering.get(group) ?? Array.from({ length: topology.nodes }, (): GenotypeEdge[] => []);
    nodes[node - topology.inputs]?.push(...(selection.get(choice.id) ?? []).map((op) => ({ op, from })));
    entering.set(group, nodes);
  }
  const { concat } = topology;
  const cells = Object.fromEntries([...entering].map(([group, nodes]) => [group, { nodes, concat }] as const));
  return canonicalGenotype({ space: space.name, cells });
}

/** The cell a choice belongs to: its group as the space declares it. */
export function cellOf({ id }: Choice): string {
  return id.slice(0, id.indexOf('.'));
}

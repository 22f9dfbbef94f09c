import { cellOf } from '../genotype/selection-of.js';
import type { Choice, ChoiceGroup } from '../spaces/choice.js';

/** The edges that lead to one node of a cell; they need not stand in one table of α. */
export interface NodeEdges {
  readonly cell: string;
  /** Such as `normal.3`. */
  readonly name: string;
  readonly edges: readonly Choice[];
}

/** Nodes with the edges that lead to them, cell by cell. */
export function nodesOf(groups: readonly ChoiceGroup[]): readonly NodeEdges[] {
  const nodes = new Map<string, { readonly cell: string; readonly edges: Choice[] }>();
  for (const choice of groups.flatMap(({ choices }) => choices)) {
    const cell = cellOf(choice);
    const name = `${cell}.${choice.site?.node}`;
    const node = nodes.get(name) ?? { cell, edges: [] };
    node.edges.push(choice);
    nodes.set(name, node);
  }
  return [...nodes].map(([name, { cell, edges }]) => ({
    name,
    cell,
    edges: edges.sort((a, b) => (a.site?.from ?? 0) - (b.site?.from ?? 0)),
  }));
}

/** Every pair of the numbers 0 … n − 1, the smaller first. */
export function pairsOf(n: number): readonly (readonly [number, number])[] {
  return Array.from({ length: n }, (_, first) => first).flatMap((first) =>
    Array.from({ length: n - first - 1 }, (_, more) => [first, first + 1 + more] as const),
  );
}

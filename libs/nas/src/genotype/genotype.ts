import { canonicalDigest } from '../canonical-json.js';
import type { SpaceName } from '../spaces/definition.js';
import type { Primitive } from '../spaces/primitives.js';
import type { GroupName } from '../spaces/space.js';

/** One kept edge: its operation and the state it reads. */
export interface GenotypeEdge {
  readonly op: Primitive;
  readonly from: number;
}

/** Edges of every intermediate node in order, and the states concatenated into the result. Inputs are numbered first. */
export interface GenotypeCell {
  readonly nodes: readonly (readonly GenotypeEdge[])[];
  readonly concat: readonly number[];
}

/** One choice made everywhere; plain JSON. Cells are keyed by group: `normal` and `reduce`, or `cell`. */
export interface Genotype {
  readonly space: SpaceName;
  readonly cells: Readonly<Partial<Record<GroupName, GenotypeCell>>>;
}

/** Canonical order of groups, in JSON and in notation. */
export const GROUP_ORDER: readonly GroupName[] = ['normal', 'reduce', 'cell'];

/** The cells that exist, in canonical order. */
export function genotypeCells(genotype: Genotype): readonly (readonly [GroupName, GenotypeCell])[] {
  return GROUP_ORDER.flatMap((group) => {
    const cell = genotype.cells[group];
    return cell === undefined ? [] : [[group, cell] as const];
  });
}

/**
 * The same architecture in its one canonical form: edges of a node by the state they read, then by name; states of the
 * result in rising order; groups in order. Adding up edges does not depend on their order, so nothing is lost.
 */
export function canonicalGenotype(genotype: Genotype): Genotype {
  const cells: Partial<Record<GroupName, GenotypeCell>> = {};
  for (const [group, cell] of genotypeCells(genotype)) {
    cells[group] = {
      nodes: cell.nodes.map((edges) =>
        edges
          .map(({ op, from }) => ({ op, from }))
          .sort((a, b) => a.from - b.from || (a.op < b.op ? -1 : a.op > b.op ? 1 : 0)),
      ),
      concat: [...cell.concat].sort((a, b) => a - b),
    };
  }
  return { space: genotype.space, cells };
}

/** The one identity of an architecture, however it was written: sha256 of the canonical JSON, 64 hexadecimal digits. */
export function genotypeIdentity(genotype: Genotype): string {
  return canonicalDigest(canonicalGenotype(genotype));
}

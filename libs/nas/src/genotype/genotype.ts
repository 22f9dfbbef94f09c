import { canonicalDigest } from '../canonical-json.js';

/** One kept edge: its operation and the state it reads. */
export interface GenotypeEdge {
  readonly op: string;
  readonly from: number;
}

/**
 * Edges of every intermediate node in order, and the states concatenated into the result. Inputs
 * are numbered first.
 */
export interface GenotypeCell {
  readonly nodes: readonly (readonly GenotypeEdge[])[];
  readonly concat: readonly number[];
}

/**
 * An architecture of a space of cells: one cell per group, such as `normal` and `reduce`. Plain
 * JSON.
 */
export interface CellGenotype {
  readonly space: string;
  readonly cells: Readonly<Record<string, GenotypeCell>>;
}

/**
 * An architecture of any other space: the options that were picked at each choice, by its id. Plain
 * JSON.
 */
export interface PickGenotype {
  readonly space: string;
  readonly picks: Readonly<Record<string, readonly string[]>>;
}

/** What was decided at every choice of a space. */
export type Genotype = CellGenotype | PickGenotype;

/** Whether an architecture is written as cells. */
export function hasCells(genotype: Genotype): genotype is CellGenotype {
  return 'cells' in genotype;
}

/** Canonical order of groups, in JSON and in notation; others follow by name. */
const GROUP_ORDER: readonly string[] = ['normal', 'reduce', 'cell'];

/** The cells of an architecture, in canonical order; none where it is not written as cells. */
export function genotypeCells(genotype: Genotype): readonly (readonly [string, GenotypeCell])[] {
  if (!hasCells(genotype)) return [];
  const place = (group: string) => (GROUP_ORDER.includes(group) ? GROUP_ORDER.indexOf(group) : GROUP_ORDER.length);
  return Object.entries(genotype.cells).sort(([a], [b]) => place(a) - place(b) || (a < b ? -1 : a > b ? 1 : 0));
}

/**
 * The same architecture in its one canonical form: edges of a node by the state they read, then by
 * name; states of the result in rising order; groups in order; picks by choice. Adding up edges
 * does not depend on their order, so nothing is lost.
 */
export function canonicalGenotype(genotype: Genotype): Genotype {
  if (!hasCells(genotype)) {
    const picks = Object.entries(genotype.picks).sort(([a], [b]) => (a < b ? -1 : 1));
    return {
      space: genotype.space,
      picks: Object.fromEntries(picks.map(([id, options]) => [id, [...options].sort()])),
    };
  }
  const cells: Record<string, GenotypeCell> = {};
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

/**
 * The one identity of an architecture, however it was written: sha256 of the canonical JSON, 64
 * hexadecimal digits.
 */
export function genotypeIdentity(genotype: Genotype): string {
  return canonicalDigest(canonicalGenotype(genotype));
}

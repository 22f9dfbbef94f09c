/**
 * Where a choice is the operation of an edge in a cell: the state the edge leads to and the one it
 * reads, inputs numbered first.
 */
export interface EdgeSite {
  readonly node: number;
  readonly from: number;
}

/** A decision as a space declares it. */
export interface ChoiceDeclaration {
  /** Unique in the space, such as `normal.2.0`. */
  readonly id: string;
  /** Choices of one group stand in one table of α, as those of all cells of one kind do. */
  readonly group: string;
  readonly options: readonly string[];
  readonly site?: EdgeSite;
  /**
   * How many options an architecture keeps. Default 1. Of no meaning where a space keeps two edges
   * per node.
   */
  readonly keeps?: number;
}

/** A decision, with its place in the architecture parameters. */
export interface Choice extends ChoiceDeclaration {
  /** Row of the group's α. */
  readonly row: number;
}

/** Choices with one common α of shape `[choices, options]`. */
export interface ChoiceGroup {
  readonly name: string;
  /**
   * Columns of α. Where choices have options of their own, those of the first stand for all: use
   * the choice's.
   */
  readonly options: readonly string[];
  readonly choices: readonly Choice[];
}

/**
 * Choices by group, in the order in which groups first appear. A group whose choices differ in how
 * many options they have has one table for each number, named `group/number`. Throws RangeError for
 * an id that stands twice, and for a choice of no option.
 */
export function groupChoices(declared: readonly ChoiceDeclaration[]): readonly ChoiceGroup[] {
  const tables = new Map<string, Choice[]>();
  const seen = new Set<string>();
  for (const choice of declared) {
    if (seen.has(choice.id)) throw new RangeError(`the choice ${choice.id} stands twice`);
    seen.add(choice.id);
    if (choice.options.length === 0) throw new RangeError(`the choice ${choice.id} has no options`);
    const ragged = declared.some(
      (other) => other.group === choice.group && other.options.length !== choice.options.length,
    );
    const name = ragged ? `${choice.group}/${choice.options.length}` : choice.group;
    const rows = tables.get(name) ?? [];
    rows.push(Object.freeze({ ...choice, group: name, row: rows.length }));
    tables.set(name, rows);
  }
  return [...tables].map(([name, choices]) =>
    Object.freeze({ name, options: choices[0]?.options ?? [], choices: Object.freeze(choices) }),
  );
}

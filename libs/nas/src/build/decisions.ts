import type { Slot } from '../network.js';
import type { Choice, ChoiceGroup } from '../spaces/choice.js';
import type { BuildMode } from './selection.js';

/**
 * The choices of a space under a selection: which options exist, and where their coefficients lie.
 */
export class Decisions {
  readonly #mode: BuildMode;
  readonly #choices: ReadonlyMap<string, Choice>;
  /** Coefficients per choice, by group. */
  readonly #columns: ReadonlyMap<string, number>;

  constructor(groups: readonly ChoiceGroup[], mode: BuildMode) {
    this.#mode = mode;
    const own = mode.kind === 'supernet' && mode.edgeNormalisation ? 1 : 0;
    this.#choices = new Map(groups.flatMap(({ choices }) => choices.map((choice) => [choice.id, choice] as const)));
    this.#columns = new Map(groups.map(({ name, options }) => [name, options.length + own]));
  }

  /** A choice by its id. Throws RangeError for one the space does not declare. */
  choice(id: string): Choice {
    const choice = this.#choices.get(id);
    if (choice === undefined) throw new RangeError(`the space declares no choice ${id}`);
    return choice;
  }

  /** Options that run, in the choice's order. */
  selected(choice: Choice): readonly string[] {
    const chosen = this.#mode.selection?.get(choice.id);
    if (chosen === undefined) {
      if (this.#mode.kind === 'derived') throw new RangeError(`nothing is decided at ${choice.id}`);
      return choice.options;
    }
    return choice.options.filter((option) => chosen.includes(option));
  }

  /** Where the coefficient of an option lies; behind the options', that of the edge itself. */
  slot({ group, row }: Choice, column: number): Slot {
    return { group, index: row * (this.#columns.get(group) ?? 0) + column };
  }

  /** Length of each group's coefficients. */
  lengths(): ReadonlyMap<string, number> {
    const rows = new Map<string, number>();
    for (const { group } of this.#choices.values()) rows.set(group, (rows.get(group) ?? 0) + 1);
    const lengths = new Map([...rows].map(([group, count]) => [group, count * (this.#columns.get(group) ?? 0)]));
    const auxiliary = this.#mode.kind === 'supernet' ? this.#mode.auxiliarySkip : undefined;
    return auxiliary === undefined ? lengths : lengths.set(auxiliary, 1);
  }
}

import { type Fault, NasError } from '../errors.js';
import type { Choice } from '../spaces/choice.js';
import { spaceNames } from '../spaces/registry.js';
import { createSpace, type Space } from '../spaces/space.js';
import type { Genotype } from './genotype.js';
import { genotypeOf, selectionOf } from './selection-of.js';

/** For each group the option of each of its choices (row of α). */
export type ActiveOptions = ReadonlyMap<string, ArrayLike<number>>;

/** Whether what is kept is decided choice by choice: each keeps its number of options. */
export function decidesEveryChoice(space: Space): boolean {
  return space.topology?.kept !== 2;
}

/**
 * Whether every choice takes exactly one option, so that an architecture is one option per choice
 * and nothing else.
 */
export function takesOneOption(space: Space): boolean {
  return decidesEveryChoice(space) && space.choices.every(({ keeps = 1 }) => keeps === 1);
}

/**
 * Number of architectures of a space that decides every choice, written differently: isomorphic
 * ones count each.
 */
export function spaceSize(space: Space): number {
  requireEveryChoice(space);
  return space.choices.reduce((size, { options }) => size * options.length, 1);
}

/**
 * The architecture of that number, from 0: its digits are options, the first choice of the first
 * group varying fastest.
 */
export function genotypeAt(space: Space, index: number): Genotype {
  if (!Number.isInteger(index) || index < 0 || index >= spaceSize(space)) {
    throw new RangeError(`found architecture ${index}; allowed whole numbers below ${spaceSize(space)}`);
  }
  let rest = index;
  return decided(space, ({ options }) => {
    const option = rest % options.length;
    rest = Math.floor(rest / options.length);
    return option;
  });
}

/**
 * The option of every choice, by group and row. Throws NasError `invalid_genotype` if the genotype
 * is not one of the space.
 */
export function optionsOf(space: Space, genotype: Genotype): ActiveOptions {
  requireEveryChoice(space);
  const selection = selectionOf(space, genotype);
  const faults: Fault[] = [];
  const active = space.groups.map(({ name, choices }) => {
    const rows = choices.map(({ id, options, site }) => {
      const option = options.indexOf(selection.get(id)?.[0] ?? '');
      if (option >= 0) return option;
      const edge = site === undefined ? id : `the edge from ${site.from} to ${site.node}`;
      const path = site === undefined ? `picks.${id}` : `cells.${name}`;
      faults.push({ path, message: `has no option of ${edge}` });
      return option;
    });
    return [name, Int32Array.from(rows)] as const;
  });
  if (faults.length > 0) throw new NasError('invalid_genotype', faults);
  return new Map(active);
}

function decided(space: Space, option: (choice: Choice) => number): Genotype {
  const ordered = space.groups.flatMap(({ choices }) => choices);
  const selection = new Map(
    ordered.map((choice): readonly [string, readonly string[]] => {
      const picked = choice.options[option(choice)];
      if (picked === undefined) throw new RangeError(`an option lies outside the choice ${choice.id}`);
      return [choice.id, [picked]];
    }),
  );
  return genotypeOf(space, selection);
}

/** The names of the spaces all of whose choices take one option, at their usual size. */
export function decidingSpaces(): readonly string[] {
  return spaceNames().filter((name) => {
    try {
      return takesOneOption(createSpace(name));
    } catch (error) {
      // A space that has no default size is not among those that are named.
      if (error instanceof NasError) return false;
      throw error;
    }
  });
}

function requireEveryChoice(space: Space): void {
  if (takesOneOption(space)) return;
  throw new NasError('invalid_space', [
    {
      path: 'space.name',
      message: `found ${space.name}, ${
        space.topology?.kept === 2
          ? 'of whose edges a genotype keeps two per node'
          : 'whose choices keep several options'
      }; allowed: ${decidingSpaces().join(', ')}`,
    },
  ]);
}

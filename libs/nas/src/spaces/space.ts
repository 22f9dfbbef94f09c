import { NasError } from '../errors.js';
import { type Choice, type ChoiceGroup, groupChoices } from './choice.js';
import { parseSpaceDefinition } from './definition.js';
import { spaceOfDefinition } from './registry.js';
import type { CellTopology, NetworkSize, SearchSpace, SpaceDefinition } from './search-space.js';

/**
 * A search space of a certain size: what can be decided, and how a network is built of it.
 * Immutable.
 */
export interface Space {
  readonly name: string;
  readonly definition: SpaceDefinition;
  readonly groups: readonly ChoiceGroup[];
  /** Every choice, in the order in which the space declares them. */
  readonly choices: readonly Choice[];
  /** Present where the choices are the operations of a cell's edges. */
  readonly topology?: CellTopology;
  readonly kind: SearchSpace;
}

/** Builds a space from its name or definition. Throws NasError `invalid_space` with every fault. */
export function createSpace(input: unknown, root = 'space'): Space {
  const definition = Object.freeze(parseSpaceDefinition(input, root));
  const kind = spaceOfDefinition(definition);
  if (kind === undefined) throw new NasError('invalid_space', [{ path: `${root}.name`, message: 'unknown space' }]);
  const declared = kind.choices(definition);
  const groups = groupChoices(declared);
  const byId = new Map(groups.flatMap(({ choices }) => choices.map((choice) => [choice.id, choice] as const)));
  const choices = declared.flatMap(({ id }) => byId.get(id) ?? []);
  const topology = kind.topology?.(definition);
  return Object.freeze({
    name: kind.name,
    definition,
    groups,
    choices,
    kind,
    ...(topology === undefined ? {} : { topology }),
  });
}

/** Whether networks of a space have paths that can be dropped while training. */
export function dropsPaths({ kind, topology }: Space): boolean {
  return kind.dropsPaths ?? topology !== undefined;
}

/** The space at another size. Throws NasError `invalid_space` for a size it cannot have. */
export function resizedSpace(space: Space, size: NetworkSize): Space {
  if (size.cells === undefined && size.channels === undefined) return space;
  const { resize } = space.kind;
  if (resize === undefined) {
    const faults = (['cells', 'channels'] as const).flatMap((path) =>
      size[path] === undefined
        ? []
        : [{ path, message: `found ${size[path]}; ${space.name} has no such size: write another definition` }],
    );
    throw new NasError('invalid_space', faults);
  }
  return createSpace(resize(space.definition, size), '');
}

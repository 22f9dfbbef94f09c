import type { SearchSpace, SpaceDefinition } from './search-space.js';

const spaces = new Map<string, SearchSpace>();

/** Adds a space to those that can be named. Throws RangeError if the name is taken. */
export function defineSpace<D extends SpaceDefinition>(space: SearchSpace<D>): void {
  if (spaces.has(space.name)) throw new RangeError(`the space ${space.name} exists already`);
  // A space reads definitions that its own schema made; the registry forgets their exact type.
  spaces.set(space.name, Object.freeze(space) as unknown as SearchSpace);
}

/** A space by name; undefined if there is none. */
export function findSpace(name: string): SearchSpace | undefined {
  return spaces.get(name);
}

/** The names of all spaces, in the order in which they were defined. */
export function spaceNames(): readonly string[] {
  return [...spaces.keys()];
}

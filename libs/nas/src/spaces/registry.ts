import type { SearchSpace, SpaceDefinition } from './search-space.js';

const spaces = new Map<string, SearchSpace>();
/** By digest of the file. */
const modules = new Map<string, SearchSpace>();

/** Adds a space to those that can be named. Throws RangeError if the name is taken. */
export function defineSpace<D extends SpaceDefinition>(space: SearchSpace<D>): void {
  if (spaces.has(space.name)) throw new RangeError(`the space ${space.name} exists already`);
  // A space reads definitions that its own schema made; the registry forgets their exact type.
  spaces.set(space.name, Object.freeze(space) as unknown as SearchSpace);
}

/** A space by name, built in or of a module that was loaded; undefined if there is none. */
export function findSpace(name: string): SearchSpace | undefined {
  return spaces.get(name) ?? [...modules.values()].find((space) => space.name === name);
}

/** Adds the space of a module, by the digest of its file. */
export function registerModule<D extends SpaceDefinition>(digest: string, space: SearchSpace<D>): void {
  modules.set(digest, Object.freeze(space) as unknown as SearchSpace);
}

/**
 * The space that a definition is one of; undefined if there is none, or its module was not loaded.
 */
export function spaceOfDefinition({ name, digest }: SpaceDefinition): SearchSpace | undefined {
  return name === 'module' ? modules.get(String(digest)) : spaces.get(name);
}

/** Whether a space is that of a module, by its name in architectures: `module:NAME@DIGEST`. */
export function isModuleName(name: string): boolean {
  return /^module:[a-z][a-z0-9_]*@[0-9a-f]{12}$/.test(name);
}

/** The names of all built-in spaces, in the order in which they were defined. */
export function spaceNames(): readonly string[] {
  return [...spaces.keys()];
}

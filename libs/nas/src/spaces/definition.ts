import './all.gen.js';
import { NasError } from '../errors.js';
import { faultsOf } from '../zod-faults.js';
import { spaceNames, spaceOfDefinition } from './registry.js';
import type { SpaceDefinition } from './search-space.js';

/** The names of all spaces. */
export const SPACE_NAMES: readonly string[] = spaceNames();

/** What a user writes: a name, or a name with options. */
export type SpaceInput = string | SpaceDefinition;

/**
 * Reads a space as users write it. Throws NasError `invalid_space` with every fault; paths start
 * with `root`.
 */
export function parseSpaceDefinition(input: unknown, root = 'space'): SpaceDefinition {
  const value = typeof input === 'string' ? { name: input } : input;
  const name = typeof value === 'object' && value !== null && 'name' in value ? value.name : undefined;
  const space = typeof name === 'string' ? spaceOfDefinition(value as SpaceDefinition) : undefined;
  if (space === undefined && name === 'module') {
    const message = `the module ${JSON.stringify(Reflect.get(Object(value), 'file'))} has not been loaded here`;
    throw new NasError('invalid_space', [{ path: root ? `${root}.file` : 'file', message }]);
  }
  if (space === undefined) {
    const found = name === undefined ? 'no name' : `unknown space ${JSON.stringify(name)}`;
    throw new NasError('invalid_space', [
      { path: root ? `${root}.name` : 'name', message: `${found}; known: ${spaceNames().join(', ')}` },
    ]);
  }
  const result = space.schema.safeParse(value);
  if (!result.success) throw new NasError('invalid_space', faultsOf(result.error, value, root));
  return result.data;
}

import type { Profile } from '../parts/profile.js';
import type { Space } from '../spaces/space.js';

/** A built-in method: a profile with everything but the selector, which depends on the space. */
export interface Method {
  readonly summary: string;
  /** Paper, section. */
  readonly source: string;
  readonly profile: Omit<Profile, 'selector'>;
  /** Fields that its authors set otherwise in a space. Default: none. */
  readonly inSpace?: (space: Space) => Readonly<Record<string, unknown>>;
  /** By name; the first that can form architectures of the space is taken. */
  readonly selectors: readonly [string, ...string[]];
}

const methods = new Map<string, Method>();

/** Adds a method under its profile's name. Throws RangeError if the name is taken. */
export function defineMethod(method: Method): void {
  const { name } = method.profile;
  if (methods.has(name)) throw new RangeError(`the method ${name} exists already`);
  methods.set(name, Object.freeze(method));
}

/** A method by name; undefined if there is none. */
export function findMethod(name: string): Method | undefined {
  return methods.get(name);
}

/** The names of all methods, in the order in which they were defined. */
export function methodNames(): readonly string[] {
  return [...methods.keys()];
}

import '../methods/all.gen.js';
import { type Fault, NasError } from '../errors.js';
import { darts } from '../methods/darts.js';
import { findMethod, type Method, methodNames } from '../methods/registry.js';
import type { Profile } from '../parts/profile.js';
import { selectors } from '../selectors/registry.js';
import type { Space } from '../spaces/space.js';
import { faultsOf } from '../zod-faults.js';
import { compositionFaults } from './composition.js';
import { isRecord, overlay } from './overlay.js';
import { plainPrecision } from './precision.js';
import { parseWholeProfile } from './schema.js';

/**
 * What a user writes: a method's name; or `{ method, … }` with fields to change; or
 * `{ name, sampler, … }` without a method, the rest as in DARTS.
 */
export type ProfileInput = string | Readonly<Record<string, unknown>>;

/**
 * Fills a profile in for a space. Throws NasError `invalid_profile` with every fault: unknown
 * method (lists the known ones), unknown or wrong fields, parts that do not go together or not with
 * the space.
 */
export function resolveProfile(input: unknown, space: Space, root = 'profile'): Profile {
  const { profile, faults } = readProfile(input, space, root);
  if (profile === null) throw new NasError('invalid_profile', faults);
  return profile;
}

/** What is wrong with a profile, whatever its space. */
export function profileFaults(input: unknown, root = 'profile'): readonly Fault[] {
  return readProfile(input, null, root).faults;
}

/** The profile, or null where there is any fault. */
function readProfile(
  input: unknown,
  space: Space | null,
  root: string,
): { readonly profile: Profile | null; readonly faults: readonly Fault[] } {
  const written = typeof input === 'string' ? { method: input } : input;
  if (!isRecord(written)) {
    const message = `found ${JSON.stringify(written) ?? 'nothing'}; expected the name of a method or an object`;
    return { profile: null, faults: [{ path: root, message }] };
  }
  const { method: named, ...changes } = written;
  const method =
    named === undefined ? findMethod(darts.name) : typeof named === 'string' ? findMethod(named) : undefined;
  const faults: Fault[] = [];
  if (method === undefined) {
    const message = `unknown method ${JSON.stringify(named)}; known: ${methodNames().join(', ')}`;
    faults.push({ path: `${root}.method`, message });
  }
  if (named === undefined) {
    for (const field of ['name', 'sampler']) {
      if (changes[field] === undefined) faults.push({ path: `${root}.${field}`, message: 'required without a method' });
    }
  }
  const base = method?.profile ?? darts;
  const selector = method === undefined ? 'random' : selectorFor(method, space);
  const fitted = overlay({ ...base, selector }, (space && method?.inSpace?.(space)) ?? {});
  const profile = overlay(fitted, changes);
  const result = parseWholeProfile(profile);
  if (!result.success) faults.push(...faultsOf(result.error, profile, root));
  else faults.push(...compositionFaults(result.data, space, root));
  return { profile: result.success && faults.length === 0 ? plainPrecision(result.data) : null, faults };
}

/** The method's rule for the space. */
function selectorFor({ selectors: rules }: Method, space: Space | null): string {
  const [first] = rules;
  return (space === null ? undefined : rules.find((name) => selectors.of(name).fits(space))) ?? first;
}

import type { Fault } from '../errors.js';
import type { Space } from '../spaces/space.js';
import type { Part } from './parts.js';
import type { Profile } from './profile.js';

/** A part that a profile names with its options. */
export interface ProfilePart<O> extends Part {
  /**
   * What the part cannot be combined with, and why, in one sentence each; paths start at the
   * profile's fields. The space is null while it is at fault itself.
   */
  exclusions?(options: O, profile: Profile, space: Space | null): readonly Fault[];
}

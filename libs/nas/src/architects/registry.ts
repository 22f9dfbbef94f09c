import type { Fault } from '../errors.js';
import { type Part, Parts } from '../parts/parts.js';
import type { Profile } from '../parts/profile.js';
import type { Architect } from './architect.js';

/**
 * An architect that profiles can name, as `architecture.order`. A part without options: profiles
 * write its name.
 */
export interface ArchitectPart extends Omit<Part, 'options'> {
  create(): Architect;
  /**
   * What it cannot be combined with, and why, in one sentence each; paths start at the profile's
   * fields.
   */
  exclusions?(profile: Profile): readonly Fault[];
}

export const architects = new Parts<ArchitectPart>('architect');

/** Adds an architect to those that profiles can name. Throws RangeError if the name is taken. */
export function defineArchitect(part: ArchitectPart): void {
  architects.define(part);
}

import type { PartSpec } from '../parts/part-spec.js';
import { type OptionsOf, type OptionsShape, Parts } from '../parts/parts.js';
import type { ProfilePart } from '../parts/profile-part.js';
import type { Stop } from './stop.js';

/** A stop that profiles can name. */
export interface StopPart<O = PartSpec> extends ProfilePart<O> {
  create(options: O): Stop;
}

export const stops = new Parts<StopPart>('stop');

/** Adds a stop to those that profiles can name. Throws RangeError if the name is taken. */
export function defineStop<S extends OptionsShape>(
  part: Omit<StopPart<OptionsOf<S>>, 'options'> & { readonly options?: S },
): void {
  // A part is given options that its own schema made; the registry forgets their exact type.
  stops.define(part as unknown as StopPart);
}

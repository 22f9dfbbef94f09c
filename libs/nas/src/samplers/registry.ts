import type { PartSpec } from '../parts/part-spec.js';
import { type OptionsOf, type OptionsShape, Parts } from '../parts/parts.js';
import type { ProfilePart } from '../parts/profile-part.js';
import type { Sampler } from './sampler.js';

/** A sampler that profiles can name. */
export interface SamplerPart<O = PartSpec> extends ProfilePart<O> {
  create(options: O): Sampler;
}

export const samplers = new Parts<SamplerPart>('sampler');

/** Adds a sampler to those that profiles can name. Throws RangeError if the name is taken. */
export function defineSampler<S extends OptionsShape>(
  part: Omit<SamplerPart<OptionsOf<S>>, 'options'> & { readonly options?: S },
): void {
  // A part is given options that its own schema made; the registry forgets their exact type.
  samplers.define(part as unknown as SamplerPart);
}

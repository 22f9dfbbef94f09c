import type { PartSpec } from '../parts/part-spec.js';
import { type OptionsOf, type OptionsShape, Parts } from '../parts/parts.js';
import type { ProfilePart } from '../parts/profile-part.js';
import type { Perturbation } from './perturbation.js';

/** A perturbation that profiles can name. */
export interface PerturbationPart<O = PartSpec> extends ProfilePart<O> {
  create(options: O): Perturbation;
}

export const perturbations = new Parts<PerturbationPart>('perturbation');

/** Adds a perturbation to those that profiles can name. Throws RangeError if the name is taken. */
export function definePerturbation<S extends OptionsShape>(
  part: Omit<PerturbationPart<OptionsOf<S>>, 'options'> & { readonly options?: S },
): void {
  // A part is given options that its own schema made; the registry forgets their exact type.
  perturbations.define(part as unknown as PerturbationPart);
}

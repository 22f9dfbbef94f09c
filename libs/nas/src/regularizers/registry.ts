import type { PartSpec } from '../parts/part-spec.js';
import { type OptionsOf, type OptionsShape, Parts } from '../parts/parts.js';
import type { ProfilePart } from '../parts/profile-part.js';
import type { Regularizer } from './regularizer.js';

/** A regularizer that profiles can name. */
export interface RegularizerPart<O = PartSpec> extends ProfilePart<O> {
  create(options: O): Regularizer;
}

export const regularizers = new Parts<RegularizerPart>('regularizer');

/** Adds a regularizer to those that profiles can name. Throws RangeError if the name is taken. */
export function defineRegularizer<S extends OptionsShape>(
  part: Omit<RegularizerPart<OptionsOf<S>>, 'options'> & { readonly options?: S },
): void {
  // A part is given options that its own schema made; the registry forgets their exact type.
  regularizers.define(part as unknown as RegularizerPart);
}

import type { SupernetMode } from '../build/selection.js';
import type { Fault } from '../errors.js';
import type { PartSpec } from '../parts/part-spec.js';
import { type OptionsOf, type OptionsShape, type Part, Parts } from '../parts/parts.js';
import type { Space } from '../spaces/space.js';

/**
 * A change of the supernet that is independent of how architectures are sampled (Jha et al. 2025,
 * section 4).
 */
export interface MutationPart<O = PartSpec> extends Part {
  /** What the builder is told: the supernet's mode, changed. */
  change(mode: SupernetMode, options: O): SupernetMode;
  /**
   * Coefficients of the network that belong to no choice, by group, in an epoch counted from 0; at
   * `epochs` those of the trained supernet. Default: none.
   */
  coefficients?(options: O, epoch: number, epochs: number): ReadonlyMap<string, number>;
  /**
   * Spaces it does not go with, and why, in one sentence each; paths are those of its own options,
   * or `name`.
   */
  exclusions?(options: O, space: Space): readonly Fault[];
}

export const mutations = new Parts<MutationPart>('mutation');

/** Adds a mutation to those that profiles can name. Throws RangeError if the name is taken. */
export function defineMutation<S extends OptionsShape>(
  part: Omit<MutationPart<OptionsOf<S>>, 'options'> & { readonly options?: S },
): void {
  // A part is given options that its own schema made; the registry forgets their exact type.
  mutations.define(part as unknown as MutationPart);
}

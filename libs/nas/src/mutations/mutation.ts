import './all.gen.js';
import type { SupernetMode } from '../build/selection.js';
import type { Fault } from '../errors.js';
import type { PartSpec } from '../parts/part-spec.js';
import { placed } from '../parts/parts.js';
import type { Space } from '../spaces/space.js';
import { mutations } from './registry.js';

/** A change of the supernet, named, with its options. */
export type Mutation = PartSpec;

/** The mode with every mutation made, in their order. Throws RangeError for an unknown one. */
export function mutated(mode: SupernetMode, specs: readonly Mutation[]): SupernetMode {
  return specs.reduce((changed, spec) => mutations.of(spec.name).change(changed, spec), mode);
}

/** The coefficients that mutations add to a supernet in an epoch, by group. */
export function coefficientsOf(specs: readonly Mutation[], epoch: number, epochs: number): ReadonlyMap<string, number> {
  return new Map(specs.flatMap((spec) => [...(mutations.of(spec.name).coefficients?.(spec, epoch, epochs) ?? [])]));
}

/** What hinders mutations in a space, whatever the images. `root` is the path of the profile. */
export function mutationFaults(space: Space, specs: readonly Mutation[], root = 'profile'): Fault[] {
  return specs.flatMap((spec, index): Fault[] => {
    const path = `${root}.mutations[${index}]`;
    if (specs.findIndex(({ name }) => name === spec.name) < index) {
      return [{ path: `${path}.name`, message: `found ${spec.name} a second time; allowed once` }];
    }
    return placed(mutations.of(spec.name).exclusions?.(spec, space) ?? [], path);
  });
}

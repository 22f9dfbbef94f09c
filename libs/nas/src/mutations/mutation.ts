import { z } from 'zod';
import type { Fault } from '../errors.js';
import type { SpaceDefinition } from '../spaces/definition.js';

/** Options of every mutation of a supernet, by name. */
export const mutationSchema = z.discriminatedUnion('name', [
  z.strictObject({
    name: z.literal('partial_connection'),
    /** Operations see one in `keep` channels, the first ones; the others bypass them. A divisor of the space's channels. Default 4. */
    keep: z.int().min(2).max(1024).default(4),
  }),
]);

/** A change of the supernet that is independent of how architectures are sampled (Jha et al. 2025, section 4). */
export type Mutation = z.infer<typeof mutationSchema>;

/** Of every `keep` channels one passes the operations; 1 where all do. */
export function keptShare(mutations: readonly Mutation[]): number {
  return mutations.find(({ name }) => name === 'partial_connection')?.keep ?? 1;
}

/** What hinders mutations in a space, whatever the images. `root` is the path of the profile. */
export function mutationFaults(space: SpaceDefinition, mutations: readonly Mutation[], root = 'profile'): Fault[] {
  return mutations.flatMap(({ name, keep }, index): Fault[] => {
    const path = `${root}.mutations[${index}]`;
    if (mutations.findIndex((other) => other.name === name) < index) {
      return [{ path: `${path}.name`, message: `found ${name} a second time; allowed once` }];
    }
    if (space.channels % keep === 0) return [];
    const divisors = Array.from({ length: space.channels - 1 }, (_, less) => less + 2).filter(
      (divisor) => space.channels % divisor === 0,
    );
    const allowed = divisors.length === 0 ? 'none: leave the mutation out' : divisors.join(', ');
    const message = `found ${keep}, which does not divide the ${space.channels} channels of the space's first cell; allowed: ${allowed}`;
    return [{ path: `${path}.keep`, message }];
  });
}

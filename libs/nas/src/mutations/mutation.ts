import { z } from 'zod';
import type { Fault } from '../errors.js';
import type { Space } from '../spaces/space.js';

/** Options of every mutation of a supernet, by name. */
export const mutationSchema = z.discriminatedUnion('name', [
  z.strictObject({
    name: z.literal('partial_connection'),
    /**
     * Operations see one in `keep` channels, rounded down, the first ones; the others bypass them. At least 2, at most the channels of the
     * space's first cell. Default 4.
     */
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
export function mutationFaults(space: Space, mutations: readonly Mutation[], root = 'profile'): Fault[] {
  return mutations.flatMap(({ name, keep }, index): Fault[] => {
    const path = `${root}.mutations[${index}]`;
    if (mutations.findIndex((other) => other.name === name) < index) {
      return [{ path: `${path}.name`, message: `found ${name} a second time; allowed once` }];
    }
    const channels = space.kind.width?.(space.definition);
    if (space.topology === undefined || channels === undefined) {
      return [{ path: `${path}.name`, message: `${name} changes the edges of cells, of which ${space.name} has none` }];
    }
    if (keep <= channels) return [];
    const allowed = channels < 2 ? 'none: leave the mutation out' : `2 to ${channels}`;
    const message = `found ${keep}, more than the ${channels} channels of the space's first cell; allowed: ${allowed}`;
    return [{ path: `${path}.keep`, message }];
  });
}

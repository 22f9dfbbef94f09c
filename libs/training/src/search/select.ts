import { randomStream } from '@oneshot/engine';
import { createSpace, type Genotype, selectors } from '@oneshot/nas';
import type { SearchSpec } from '../spec/search-spec.js';
import type { Architecture } from './architecture-of.js';

/** The genotype that the run's selector reads off. */
export function select({ space, profile, seed }: SearchSpec, architecture: Architecture): Genotype {
  const stream = randomStream(seed, 'select');
  return selectors.of(profile.selector).select({ space: createSpace(space), stream, ...architecture });
}

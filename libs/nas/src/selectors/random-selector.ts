import { randomGenotype } from '../genotype/random.js';
import { SPACE_NAMES } from '../spaces/definition.js';
import type { Selector } from './selector.js';

/** A genotype drawn uniformly, whatever was learned: the honest control. */
export const randomSelector: Selector = {
  name: 'random',
  spaces: SPACE_NAMES,
  select: ({ space, stream }) => randomGenotype(space, stream),
};

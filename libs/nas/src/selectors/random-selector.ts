import { randomGenotype } from '../genotype/random.js';
import type { Selector } from './selector.js';

/** A genotype drawn uniformly, whatever was learned: the honest control. */
export const randomSelector: Selector = {
  name: 'random',
  fits: () => true,
  select: ({ space, stream }) => randomGenotype(space, stream),
};

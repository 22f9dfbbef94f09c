import { randomGenotype } from '../genotype/random.js';
import { defineSelector } from './registry.js';

/** A genotype drawn uniformly, whatever was learned: the honest control. */
defineSelector({
  name: 'random',
  summary: 'any architecture, each equally likely',
  source: 'Li and Talwalkar 2019',
  readsAlpha: false,
  fits: () => true,
  select: ({ space, stream }) => randomGenotype(space, stream),
});

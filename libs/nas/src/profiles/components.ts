import { z } from 'zod';
import { dirichletSampler } from '../samplers/dirichlet.js';
import { gumbelSampler } from '../samplers/gumbel.js';
import type { Sampler } from '../samplers/sampler.js';
import { softmaxSampler } from '../samplers/softmax.js';
import { uniformSampler } from '../samplers/uniform.js';
import { argMaxSelector } from '../selectors/arg-max.js';
import { randomSelector } from '../selectors/random-selector.js';
import type { Selector } from '../selectors/selector.js';
import { twoEdgesSelector } from '../selectors/two-edges.js';
import { twoPairsSelector } from '../selectors/two-pairs.js';

const positive = z.number().positive();

/** Options of every sampler, by name. A new sampler is one line here and one below. */
export const samplerSchema = z.discriminatedUnion('name', [
  z.strictObject({ name: z.literal('softmax') }),
  z.strictObject({
    name: z.literal('gumbel'),
    /** Temperature, linear over the epochs. Default 10 to 0.1. */
    temperature: z.strictObject({ from: positive, to: positive }).default({ from: 10, to: 0.1 }),
    /** `official` runs one operation per edge, `confopt` all of them. Default `official`. */
    variant: z.enum(['official', 'confopt']).default('official'),
  }),
  z.strictObject({ name: z.literal('dirichlet') }),
  z.strictObject({ name: z.literal('uniform') }),
]);

export type SamplerSpec = z.infer<typeof samplerSchema>;

/** The sampler of a profile. */
export function createSampler(spec: SamplerSpec): Sampler {
  switch (spec.name) {
    case 'softmax':
      return softmaxSampler();
    case 'gumbel':
      return gumbelSampler(spec);
    case 'dirichlet':
      return dirichletSampler();
    case 'uniform':
      return uniformSampler();
  }
}

/** Options of every regularizer, by name. */
export const regularizerSchema = z.discriminatedUnion('name', [
  z.strictObject({ name: z.literal('none') }),
  /** Weight decay of the architecture optimizer. Default 1e-3. */
  z.strictObject({ name: z.literal('l2'), weightDecay: z.number().min(0).default(1e-3) }),
  /** Scale of the summed KL divergence to Dirichlet(1). Default 1e-3. */
  z.strictObject({ name: z.literal('dirichlet_kl'), scale: z.number().min(0).default(1e-3) }),
]);

const selectors = {
  arg_max: argMaxSelector,
  two_edges: twoEdgesSelector,
  two_pairs: twoPairsSelector,
  random: randomSelector,
};

export type SelectorName = keyof typeof selectors;

/** The names of all selectors. */
export const SELECTOR_NAMES = Object.keys(selectors) as [SelectorName, ...SelectorName[]];

/** The selector of a profile. */
export function createSelector(name: SelectorName): Selector {
  return selectors[name];
}

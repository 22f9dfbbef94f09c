import { randomStream } from '@oneshot/engine';
import { type Genotype, selectors } from '@oneshot/nas';
import type { SearchModel } from '../search/search-model.js';
import type { ArchitecturePrior } from './prior.js';
import { defineStageSelector } from './stage-selectors.js';

defineStageSelector({
  name: 'magnitude',
  summary: 'the profile’s own rule; of a given distribution the likeliest option of every choice',
  source: 'Liu et al. 2019, section 2.4',
  select: async ({ model, own, prior }) => ({ genotype: prior === undefined ? own : likeliest(model, prior) }),
});

/** The likeliest option of every choice stands for the largest α. */
function likeliest({ space }: SearchModel, prior: ArchitecturePrior): Genotype {
  const stream = randomStream(0, 'likeliest');
  return selectors.of('arg_max').select({ space, alpha: prior.marginals(space), stream });
}

import { softmax } from '@oneshot/engine';
import { defineSampler } from './registry.js';
import { mapRows, softmaxRow } from './rows.js';
import { alphaOf, type Sampler } from './sampler.js';

defineSampler({
  name: 'softmax',
  summary: 'every option runs, weighted by the softmax of its row of α',
  source: 'Liu et al. 2019, eq. 2',
  create: softmaxSampler,
});

/** DARTS (Liu et al. 2019, eq. 2): every option runs, weighted by the softmax of its row of α. */
export function softmaxSampler(): Sampler {
  return {
    differentiable: true,
    singlePath: false,
    deterministic: true,
    draw: (groups, alpha) => ({
      weights: new Map(groups.map((group) => [group.name, softmax(alphaOf(alpha, group))])),
      bare: false,
    }),
    expectation: (group, alpha) => mapRows(alpha, group.options.length, softmaxRow),
  };
}

import { architectureCost, genotypeOf } from '@oneshot/nas';
import { defineProxy } from './proxy.js';

for (const { name, summary, of } of [
  { name: 'params', summary: 'the number of learned parameters', of: 'parameters' },
  { name: 'flops', summary: 'multiplications with additions for one example', of: 'multiplyAdds' },
] as const) {
  defineProxy({
    name,
    summary: `${summary}: larger networks first`,
    source: 'the baseline that no proxy may be without: White et al. 2022, “A deeper look at zero-cost proxies”',
    prepare: ({ model: { space, task } }) => ({
      score: (selection) => architectureCost(space, genotypeOf(space, selection), task.target)[of],
    }),
  });
}

import { dispose } from '@oneshot/engine';
import { pathGradients, sumOverKernels } from './path-pass.js';
import { defineProxy } from './proxy.js';

defineProxy({
  name: 'snip',
  summary: 'what the loss on one batch would change, to first order, without each weight, added up: |g · w|',
  source: 'Lee et al. 2019, equation 3; Abdelfattah et al. 2021, equation 1',
  prepare: ({ model, batch }) => ({
    score(selection) {
      const { gradients } = pathGradients(model, selection, batch);
      const score = sumOverKernels(model, gradients, (weights, gradient) =>
        weights.reduce((sum, weight, index) => sum + Math.abs(weight * (gradient[index] ?? 0)), 0),
      );
      dispose(...gradients);
      return score;
    },
  }),
});

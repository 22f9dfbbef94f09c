import { dispose } from '@oneshot/engine';
import { pathGradients, sumOverKernels } from './path-pass.js';
import { defineProxy } from './proxy.js';

defineProxy({
  name: 'grad_norm',
  summary: 'lengths of the gradients of all kernels on one batch, added up',
  source: 'Abdelfattah et al. 2021, section 3.1',
  prepare: ({ model, batch }) => ({
    score(selection) {
      const { gradients } = pathGradients(model, selection, batch);
      const score = sumOverKernels(model, gradients, (_, gradient) =>
        Math.sqrt(gradient.reduce((sum, value) => sum + value * value, 0)),
      );
      dispose(...gradients);
      return score;
    },
  }),
});

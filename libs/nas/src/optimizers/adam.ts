import { Adam } from '@oneshot/engine';
import { adamOptions } from './adam-options.js';
import { defineOptimizer } from './registry.js';

defineOptimizer({
  name: 'adam',
  summary: 'Adam; weight decay is added to the gradient',
  source: 'Kingma and Ba 2015, algorithm 1',
  options: adamOptions,
  moments: 2,
  create: ({ beta1, beta2, epsilon }, weightDecay) =>
    new Adam({ beta1, beta2, weightDecay, ...(epsilon === undefined ? {} : { epsilon }) }),
});

import { Adam } from '@oneshot/engine';
import { adamOptions } from './adam-options.js';
import { defineOptimizer } from './registry.js';

defineOptimizer({
  name: 'adamw',
  summary: 'Adam whose weight decay shrinks the weights themselves, apart from the gradient',
  source: 'Loshchilov and Hutter 2019, algorithm 2',
  options: adamOptions,
  moments: 2,
  create: ({ beta1, beta2, epsilon }, weightDecay) =>
    new Adam({
      beta1,
      beta2,
      weightDecay,
      decoupledWeightDecay: true,
      ...(epsilon === undefined ? {} : { epsilon }),
    }),
});

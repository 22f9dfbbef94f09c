import { MomentumSgd } from '@oneshot/engine';
import { z } from 'zod';
import { defineOptimizer } from './registry.js';

defineOptimizer({
  name: 'sgd',
  summary: 'stochastic gradient descent with momentum; weight decay is added to the gradient',
  source: 'Sutskever et al. 2013, as PyTorch writes it',
  options: {
    /** Default 0.9. */
    momentum: z.number().min(0).lt(1).default(0.9),
    /** Default false. */
    nesterov: z.boolean().default(false),
  },
  moments: 1,
  create: ({ momentum, nesterov }, weightDecay) => new MomentumSgd({ momentum, nesterov, weightDecay }),
});

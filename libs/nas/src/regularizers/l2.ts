import { z } from 'zod';
import { defineRegularizer } from './registry.js';

defineRegularizer({
  name: 'l2',
  summary: 'weight decay in the optimizer of α',
  source: 'Liu et al. 2019, appendix A.1.1',
  options: {
    /** Default 1e-3. */
    weightDecay: z.number().min(0).default(1e-3),
  },
  create: ({ weightDecay }) => ({ weightDecay }),
});

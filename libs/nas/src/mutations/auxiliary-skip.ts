import { z } from 'zod';
import { defineMutation } from './registry.js';

/** The group of the one coefficient. */
const GROUP = 'auxiliary_skip';

defineMutation({
  name: 'auxiliary_skip',
  summary:
    'a skip connection beside all options of every edge, whose weight falls over the epochs, so that none needs α for it',
  source: 'Chu et al. 2021 (DARTS−), eq. 3 and section 3.3',
  options: {
    /** Its weight in the first epoch. Default 1. */
    from: z.number().min(0).max(10).default(1),
    /** How it falls to 0 over the epochs: epoch e of n has from·(1 − e/n), or half a cosine. */
    decay: z.enum(['linear', 'cosine', 'none']).default('linear'),
  },
  change: (mode) => ({ ...mode, auxiliarySkip: GROUP }),
  coefficients({ from, decay }, epoch, epochs) {
    const passed = epoch / Math.max(1, epochs);
    const left = { linear: 1 - passed, cosine: (1 + Math.cos(Math.PI * passed)) / 2, none: 1 }[decay];
    return new Map([[GROUP, from * left]]);
  },
  exclusions: (_, space) =>
    space.topology === undefined
      ? [{ path: 'name', message: `auxiliary_skip stands beside the edges of cells, of which ${space.name} has none` }]
      : [],
});

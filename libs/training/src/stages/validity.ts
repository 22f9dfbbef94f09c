import { z } from 'zod';
import { drawnCandidates, mostAccurate } from './candidates.js';
import { defineStageSelector } from './stage-selectors.js';

defineStageSelector({
  name: 'validity',
  summary: 'the best of some drawn architectures by validation accuracy with inherited weights',
  source: '“Picking up the pieces”, section 4.2; Li and Talwalkar 2019',
  options: {
    /** Architectures drawn from what the supernet has learned. Default 100, the paper's. */
    candidates: z.int().min(1).max(100_000).default(100),
    /** Images of the validation half, rounded up to whole batches. Default: all of them. */
    images: z.int().min(1).optional(),
  },
  select: (context, { candidates, images: most }) =>
    context.withImages(most, (images) =>
      mostAccurate(context, drawnCandidates(context, candidates, { purpose: 'validity' }), images),
    ),
});

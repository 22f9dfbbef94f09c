import { uniformDistribution } from '@oneshot/nas';
import { z } from 'zod';
import { drawnCandidates, mostAccurate } from './candidates.js';
import { defineStageSelector } from './stage-selectors.js';

defineStageSelector({
  name: 'random_search',
  summary: 'the best of some architectures drawn uniformly, by validation accuracy with inherited weights',
  source: 'Li and Talwalkar 2019, section 3.2; Guo et al. 2020, section 3.2',
  options: {
    /** Architectures drawn. Default 1000: as many as evolution measures in Guo et al. */
    candidates: z.int().min(1).max(1_000_000).default(1000),
    /** Images of the validation half, rounded up to whole batches. Default: all of them. */
    images: z.int().min(1).optional(),
  },
  select: (context, { candidates, images: most }) =>
    context.withImages(most, (images) => {
      const from = uniformDistribution(context.model.space);
      const drawn = drawnCandidates({ ...context, prior: undefined }, candidates, { purpose: 'random search', from });
      return mostAccurate(context, drawn, images);
    }),
});

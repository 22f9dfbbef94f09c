import { genotypeIdentity } from '@oneshot/nas';
import { z } from 'zod';
import { learnedDistribution, mostAccurate } from './candidates.js';
import { defineStageSelector } from './stage-selectors.js';

defineStageSelector({
  name: 'top_probability',
  summary: 'of the architectures the supernet finds likeliest the best by validation accuracy with inherited weights',
  source: 'the sampling distribution of “Picking up the pieces”, section 4.1, at its top',
  options: {
    /** Likeliest architectures that are measured; 1 is the likeliest itself. Default 10. */
    candidates: z.int().min(1).max(10_000).default(10),
    /** Images of the validation half, rounded up to whole batches. Default: all of them. */
    images: z.int().min(1).optional(),
  },
  select: (context, { candidates, images: most }) =>
    context.withImages(most, (images) => {
      const learned = learnedDistribution(context);
      const likeliest = learned.likeliest(candidates).map((picks) => learned.genotype(picks));
      const different = new Map(likeliest.map((genotype) => [genotypeIdentity(genotype), genotype]));
      return mostAccurate(context, [...different.values()], images);
    }),
});

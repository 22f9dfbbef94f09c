import { assessmentSpec } from '@oneshot/training';
import { z } from 'zod';

/** What is measured on each trained supernet, and on what besides. */
export const twoStageSchema = assessmentSpec.extend({
  /**
   * Also tries the selectors alone, on supernets that are not trained (NI, NU) or trained on random
   * architectures (RU, RI), with uniform (U) or ideal (I) sampling. They take no part in the
   * ranking. Default true.
   */
  baselines: z.boolean().default(true),
});

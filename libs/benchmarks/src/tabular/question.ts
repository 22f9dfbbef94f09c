import { z } from 'zod';
import { TABULAR_NAMES } from './catalogue.js';
import { NAS_BENCH_201_METRICS } from './nas-bench-201.js';

/** What is asked of which tabular benchmark, as users write it. */
export const tabularQuestion = z.strictObject({
  benchmark: z.enum(TABULAR_NAMES),
  /** Default: test accuracy on CIFAR-10 after 200 epochs. */
  metric: z.enum(NAS_BENCH_201_METRICS).default('cifar10/test@200'),
});

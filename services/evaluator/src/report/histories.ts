import { z } from 'zod';

/**
 * Histories as workers store them; only what the report draws is read, so later fields do no harm.
 */
const matrices = z.record(z.string(), z.array(z.array(z.number())));

export const searchHistory = z.object({
  kind: z.literal('search'),
  groups: z.array(
    z.object({
      name: z.string(),
      options: z.array(z.string()),
      choices: z.array(
        z.object({
          id: z.string().optional(),
          /** Of an edge of a cell. */
          node: z.number().optional(),
          from: z.number().optional(),
          /** Where a choice has options of its own. */
          options: z.array(z.string()).optional(),
        }),
      ),
    }),
  ),
  epochs: z.array(
    z.object({
      epoch: z.number(),
      trainLoss: z.number(),
      trainAccuracy: z.number(),
      validationLoss: z.number().optional(),
      validationAccuracy: z.number().optional(),
      architectureWeights: matrices,
      edgeWeights: z.record(z.string(), z.array(z.number())).optional(),
    }),
  ),
});

export const trainingHistory = z.object({
  kind: z.literal('training'),
  epochs: z.array(z.object({ epoch: z.number(), trainLoss: z.number(), trainAccuracy: z.number() })),
});

export type SearchHistory = z.infer<typeof searchHistory>;
export type TrainingHistory = z.infer<typeof trainingHistory>;

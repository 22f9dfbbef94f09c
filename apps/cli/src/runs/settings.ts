import { z } from 'zod';
import type { RunKind } from './run-kinds.js';

const searchSettings = z.object({
  space: z.object({ name: z.string(), channels: z.number().optional() }),
  profile: z.object({ name: z.string(), epochs: z.number(), batch: z.number() }),
  seed: z.number(),
});

const trainingSettings = z.object({
  epochs: z.number(),
  batch: z.number(),
  weights: z.object({ learningRate: z.object({ from: z.number() }) }),
  seed: z.number(),
});

/**
 * The settings a run was accepted with that decide how long it takes and how well it learns, in a
 * line; undefined for kinds without.
 */
export function settingsText(kind: RunKind, spec: unknown): string | undefined {
  if (kind === 'search') {
    const read = searchSettings.safeParse(spec);
    if (!read.success || read.data.profile.epochs === 0) return undefined;
    const { space, profile, seed } = read.data;
    const width = space.channels === undefined ? '' : ` with ${space.channels} channels`;
    return `search: ${profile.name} in ${space.name}${width}, ${profile.epochs} epochs in batches of ${profile.batch}, seed ${seed}`;
  }
  if (kind === 'training') {
    const read = trainingSettings.safeParse(spec);
    if (!read.success) return undefined;
    const { epochs, batch, weights, seed } = read.data;
    return `training: ${epochs} epochs in batches of ${batch}, learning rate ${weights.learningRate.from}, seed ${seed}`;
  }
  return undefined;
}

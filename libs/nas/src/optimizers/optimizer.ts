import './all.gen.js';
import type { Optimizer } from '@oneshot/engine';
import { z } from 'zod';
import { type OptionsShape, unionOf } from '../parts/parts.js';
import { learningRateSchema } from '../schedules/learning-rate.js';
import type { OptimizerSpec, WeightsSpec } from './optimizer-spec.js';
import { optimizers } from './registry.js';

/** The optimizers that go unsaid. */
export const USUAL_OPTIMIZER = { weights: 'sgd', architecture: 'adam' } as const;

/** What an optimizer moves. */
export type Optimized = keyof typeof USUAL_OPTIMIZER;

/**
 * The schema of an optimizer with further fields beside its options. The usual one need not be
 * named and is not written down: run ids are digests of what is.
 */
export function optimizerSchema(of: Optimized, fieldsOf: (isUsual: boolean) => OptionsShape): z.ZodType<OptimizerSpec> {
  const usual = USUAL_OPTIMIZER[of];
  const members = optimizers.names().map((name) => {
    const fields = { ...fieldsOf(name === usual), ...optimizers.of(name).options };
    if (name !== usual) return z.strictObject({ optimizer: z.literal(name), ...fields });
    return z
      .strictObject({ optimizer: z.literal(name).optional(), ...fields })
      .transform(({ optimizer: _, ...written }) => written);
  });
  return unionOf('optimizer', members, optimizers.names()) as z.ZodType<OptimizerSpec>;
}

/**
 * The schema of how weights learn.
 *
 * @param defaults of what is not written, for the usual optimizer; another one's learning rate must
 * be written. Default: all must be
 */
export function weightsSchema(defaults?: {
  readonly from: number;
  readonly weightDecay: number;
  readonly clip: number;
}): z.ZodType<WeightsSpec> {
  const weightDecay = z.number().min(0);
  const clip = z.number().positive();
  return optimizerSchema('weights', (isUsual) => ({
    learningRate:
      defaults === undefined || !isUsual
        ? learningRateSchema()
        : learningRateSchema(defaults.from).prefault({ from: defaults.from }),
    weightDecay: defaults === undefined ? weightDecay : weightDecay.default(defaults.weightDecay),
    clip: defaults === undefined ? clip : clip.default(defaults.clip),
  })) as z.ZodType<WeightsSpec>;
}

/** The optimizer of a spec. Throws RangeError for an unknown one. */
export function createOptimizer(spec: OptimizerSpec, of: Optimized, weightDecay: number): Optimizer {
  const name = optimizerName(spec, of);
  return optimizers.of(name).create({ ...spec, name }, weightDecay);
}

/** Arrays as large as what it moves that the optimizer of a spec remembers. */
export function momentsOf(spec: OptimizerSpec, of: Optimized): number {
  return optimizers.of(optimizerName(spec, of)).moments;
}

/** The name of a spec's optimizer. */
export function optimizerName({ optimizer }: OptimizerSpec, of: Optimized): string {
  return optimizer ?? USUAL_OPTIMIZER[of];
}

/** The options of an optimizer; null for an unknown one. */
export function optimizerOptions(name: string): readonly string[] | null {
  const part = optimizers.find(name);
  return part === undefined ? null : Object.keys(part.options ?? {});
}

import {
  canonicalDigest,
  canonicalGenotype,
  checkGenotype,
  createSpace,
  dropsPaths,
  type Fault,
  faultsOf,
  type Genotype,
  learningRateFaults,
  PRECISIONS,
  parseGenotype,
  parseGenotypeJson,
  placed,
  plainPrecision,
  precisionFaults,
  type Space,
  type SpaceDefinition,
  weightsSchema,
} from '@oneshot/nas';
import { z } from 'zod';
import { TrainingError } from '../errors.js';
import { fitFaults } from '../fit/take-fit.js';
import { collect } from './collect.js';
import { dataSpec, seedSpec } from './data-spec.js';

const settings = z.strictObject({
  data: dataSpec,
  /** Default 0. */
  seed: seedSpec.default(0),
  /** Cells of the retrained network (of NAS-Bench-201: per stage). Default: the space's. */
  cells: z.int().min(1).max(64).optional(),
  /** Channels of the first cell. Default: the space's. */
  channels: z.int().min(1).max(1024).optional(),
  /** Default 600 (Liu et al. 2019). */
  epochs: z.int().min(1).max(10_000).default(600),
  /** Images per step. Default 96 (Liu et al. 2019). */
  batch: z.int().min(1).max(65_536).default(96),
  /**
   * Whether cells make their activations again in the backward pass: the same numbers, in less
   * memory and more time. Default false.
   */
  recompute: z.boolean().default(false),
  /**
   * What cells keep their activations in, and what their dense products take. `bf16` halves what is
   * kept, to other numbers; needs a space whose networks have cells. The trained network is
   * evaluated in float32. Default `float32`.
   */
  precision: z.enum(PRECISIONS).exactOptional(),
  /**
   * Optimizer of the weights. Default SGD with momentum 0.9, weight decay 3e-4, gradients clipped
   * to a norm of 5, learning rate a cosine from 0.025 to 0, lowered after every epoch. Another
   * optimizer needs a learning rate of its own.
   */
  weights: weightsSchema({ from: 0.025, weightDecay: 3e-4, clip: 5 }).prefault({}),
  /** Changes to training images. */
  augment: z
    .strictObject({
      /** Pixels of padding before a random crop. Default 4. */
      crop: z.int().min(0).max(64).default(4),
      /** Random horizontal flip. Default true. */
      flip: z.boolean().default(true),
      /** Side of the square set to zero; 0 for none. Default 16. */
      cutout: z.int().min(0).max(1024).default(16),
    })
    .prefault({}),
  /**
   * Largest probability of dropping a path, reached linearly over the epochs, drawn per image,
   * never on identities. Default 0.2; 0 in spaces whose networks have no paths to drop.
   */
  dropPath: z.number().min(0).lt(1).default(0.2),
  /** Weight of the auxiliary head's loss; 0 for none. The field's value is 0.4. Default 0. */
  auxiliary: z.number().min(0).max(10).default(0),
  /**
   * Training images, not augmented, by which the statistics of norms are estimated again once the
   * weights are learned (the mean over their batches; Wu and Johnson 2021, section 3): running
   * averages lag behind short runs and small batches. Default: the running averages, as the field
   * does.
   */
  normImages: z.int().min(1).max(1_000_000).optional(),
  /** Default 0. */
  labelSmoothing: z.number().min(0).lt(1).default(0),
});

/** A training spec as users write it; `space` and `genotype` have schemas of their own. */
export const trainingSpecSchema = settings.extend({
  /** A space's name, or its name with options. */
  space: z.unknown(),
  /** JSON form, or the field's notation as text. */
  genotype: z.unknown(),
  /**
   * Fits what is not written here to the data set: batch, epochs, learning rate, augmentation, drop
   * path, the images that norms are estimated by. The service writes down what it chose. Default
   * false: the field's own settings.
   */
  fit: z.boolean().optional(),
});

/** A training run (retraining of a genotype) with every field filled in; plain JSON. */
export interface TrainingSpec extends z.infer<typeof settings> {
  readonly space: SpaceDefinition;
  readonly genotype: Genotype;
}

/**
 * Reads a training spec as users write it, and fills it in. Throws TrainingError `invalid_spec`
 * with every fault at once.
 */
export function parseTrainingSpec(input: unknown): TrainingSpec {
  const faults: Fault[] = [];
  const outer = trainingSpecSchema.safeParse(input);
  if (!outer.success) faults.push(...faultsOf(outer.error, input));
  const fields = typeof input === 'object' && input !== null ? (input as Record<string, unknown>) : {};
  const space = collect(faults, () => createSpace(fields.space));
  const genotype = collect(faults, () => readGenotype(fields.genotype, space));
  if (outer.success) faults.push(...fitFaults(outer.data), ...rateFaults(outer.data));
  faults.push(...placeFaults(space, fields));
  if (faults.length > 0 || !outer.success || space === null || genotype === null) {
    throw new TrainingError('invalid_spec', faults);
  }
  const { fit: _, ...settled } = outer.data;
  const dropPath = dropsPaths(space) ? settled.dropPath : 0;
  return plainPrecision({ ...settled, dropPath, space: space.definition, genotype });
}

/** What a space has no place for. */
function placeFaults(space: Space | null, { dropPath, auxiliary, precision }: Fields): readonly Fault[] {
  if (space === null) return [];
  const faults: Fault[] = [...precisionFaults(precision, space)];
  if (!dropsPaths(space) && typeof dropPath === 'number' && dropPath > 0) {
    const message = `found ${dropPath}; networks of ${space.name} have no paths to drop; allowed: 0`;
    faults.push({ path: 'dropPath', message });
  }
  if (space.kind.auxiliary !== true && typeof auxiliary === 'number' && auxiliary > 0) {
    const message = `found ${auxiliary}; networks of ${space.name} have no place for an auxiliary head; allowed: 0`;
    faults.push({ path: 'auxiliary', message });
  }
  return faults;
}

type Fields = Readonly<Record<string, unknown>>;

function rateFaults({ weights, epochs }: z.infer<typeof settings>): readonly Fault[] {
  return placed(learningRateFaults(weights.learningRate, epochs), 'weights.learningRate');
}

/** The run's identity: sha256 of the canonical spec. */
export function trainingRunId(spec: TrainingSpec): string {
  return canonicalDigest(spec);
}

function readGenotype(value: unknown, space: Space | null): Genotype {
  const genotype = typeof value === 'string' ? parseGenotype(value) : parseGenotypeJson(value);
  if (space !== null) checkGenotype(space, genotype);
  return canonicalGenotype(genotype);
}

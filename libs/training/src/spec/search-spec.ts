import '../stages/all.gen.js';
import type { Precision } from '@oneshot/engine';
import {
  canonicalDigest,
  createSpace,
  decidingSpaces,
  type Fault,
  faultsOf,
  type PartSpec,
  PRECISIONS,
  type Profile,
  precisionFaults,
  profileFaults,
  resolveProfile,
  type Space,
  type SpaceDefinition,
  takesOneOption,
} from '@oneshot/nas';
import { z } from 'zod';
import { TrainingError } from '../errors.js';
import { fitFaults } from '../fit/take-fit.js';
import { stageSelectors } from '../stages/stage-selectors.js';
import { collect } from './collect.js';
import { type DataSpec, dataSpec, seedSpec } from './data-spec.js';

/** A search run with every field filled in; plain JSON. */
export interface SearchSpec {
  readonly space: SpaceDefinition;
  readonly profile: Profile;
  readonly data: DataSpec;
  readonly seed: number;
  /** Absent: the profile's selector alone. */
  readonly selectors?: readonly PartSpec[];
  readonly assess?: AssessmentSpec;
  readonly prior?: PriorSpec;
}

/**
 * How a genotype is read off a trained supernet; a name stands for the selector with its defaults.
 */
export const stageTwoSelector = z.preprocess(
  (value) => (typeof value === 'string' ? { name: value } : value),
  stageSelectors.schema(),
);

/** What is measured on the trained supernet. */
export const assessmentSpec = z.strictObject({
  /**
   * Architectures whose accuracy with inherited weights is measured: a random sample of the space,
   * the same for every run. Default 500.
   */
  architectures: z.int().min(10).max(1_000_000).default(500),
  /**
   * Images of the validation half each is measured on, rounded up to whole batches. Default 250.
   */
  images: z.int().min(1).max(1_000_000).default(250),
});

export type AssessmentSpec = z.infer<typeof assessmentSpec>;

const priorSpec = z.strictObject({
  /** A tabular benchmark. */
  benchmark: z.string().min(1),
  /** One of its metrics. */
  metric: z.string().min(1),
});

/** The table a given distribution over architectures is made of. */
export type PriorSpec = z.infer<typeof priorSpec>;

/** A search spec as users write it; `space` and `profile` have schemas of their own. */
export const searchSpecSchema = z.strictObject({
  /** A space's name, or its name with options. */
  space: z.unknown(),
  /** A method's name, or a profile. */
  profile: z.unknown(),
  data: dataSpec,
  /** Default 0. */
  seed: seedSpec.default(0),
  /**
   * Epochs and batch for whatever the profile trains; without effect on one that trains nothing
   * (`random`). The epochs in which a method lets α rest shrink or grow with its epochs, unless the
   * profile writes them.
   */
  epochs: z.int().min(1).optional(),
  batch: z.int().min(1).optional(),
  /** What cells run in, whatever the profile says: `float32`, or `bf16`. Default: the profile's. */
  precision: z.enum(PRECISIONS).exactOptional(),
  /**
   * Fits what is not written here to the data set: batch, epochs, the space's channels, the rate of
   * α, the random crop. The service writes down what it chose. Default false: the method's own
   * settings.
   */
  fit: z.boolean().optional(),
  /**
   * Genotypes read off the trained supernet beside the run's own, each by another rule.
   */
  selectors: z
    .array(stageTwoSelector)
    .min(1)
    .refine((each) => new Set(each.map(({ name }) => name)).size === each.length, { error: 'the same selector twice' })
    .optional(),
  /**
   * Measures the supernet once it is trained. Needs a space that keeps every edge. Default: not.
   */
  assess: assessmentSpec.optional(),
  /**
   * Trains architectures drawn from a given distribution, in which those with better known accuracy
   * are more likely, instead of letting the sampler draw: the idealised search of the two-stage
   * evaluation. Needs the sampler `uniform`. Default: the sampler draws.
   */
  prior: priorSpec.optional(),
});

/**
 * Reads a search spec as users write it, and fills it in. Throws TrainingError `invalid_spec` with
 * every fault of space, profile, data and seed at once.
 */
export function parseSearchSpec(input: unknown): SearchSpec {
  const faults: Fault[] = [];
  const outer = searchSpecSchema.safeParse(input);
  if (!outer.success) faults.push(...faultsOf(outer.error, input));
  const fields = typeof input === 'object' && input !== null ? (input as Record<string, unknown>) : {};
  if (outer.success) faults.push(...fitFaults(outer.data));
  const space = collect(faults, () => createSpace(fields.space));
  const misplaced = space === null ? [] : precisionFaults(fields.precision, space);
  faults.push(...misplaced);
  const overrides = outer.success && misplaced.length === 0 ? outer.data : {};
  const profile = readProfileOf(fields.profile, space, overrides, faults);
  if (space !== null && profile !== null) {
    if (outer.success) faults.push(...stageFaults(outer.data, space, profile));
  }
  if (faults.length > 0 || !outer.success || space === null || profile === null) {
    throw new TrainingError('invalid_spec', faults);
  }
  const { data, seed, selectors, assess, prior } = outer.data;
  return {
    space: space.definition,
    profile,
    data,
    seed,
    ...(selectors === undefined ? {} : { selectors }),
    ...(assess === undefined ? {} : { assess }),
    ...(prior === undefined ? {} : { prior }),
  };
}

/** What hinders the measuring of single architectures, and the training of given ones. */
function stageFaults(
  { assess, prior }: Pick<z.infer<typeof searchSpecSchema>, 'assess' | 'prior'>,
  space: Space,
  profile: Profile,
): Fault[] {
  const faults: Fault[] = [];
  const wanting = {
    assess: assess !== undefined,
    prior: prior !== undefined,
  };
  for (const [path, wanted] of Object.entries(wanting)) {
    if (!wanted || takesOneOption(space)) continue;
    const message = `single architectures of ${space.name} have no path of their own in the supernet; allowed: ${decidingSpaces().join(', ')}`;
    faults.push({ path, message });
  }
  if (prior !== undefined && profile.sampler.name !== 'uniform') {
    const message = `architectures drawn from ${prior.benchmark} leave nothing to the sampler ${profile.sampler.name}; allowed: uniform`;
    faults.push({ path: 'prior', message });
  }
  return faults;
}

/** The run's identity: sha256 of the canonical spec. */
export function searchRunId(spec: SearchSpec): string {
  return canonicalDigest(spec);
}

interface Overrides {
  readonly epochs?: number | undefined;
  readonly batch?: number | undefined;
  readonly precision?: Precision;
}

/**
 * Without a space the profile's own fields are still checked, so that their faults show at once.
 */
function readProfileOf(input: unknown, space: Space | null, overrides: Overrides, faults: Fault[]): Profile | null {
  if (space !== null) return collect(faults, () => readProfile(input, space, overrides));
  faults.push(...profileFaults(input));
  return null;
}

function readProfile(input: unknown, space: Space, { epochs, batch, precision }: Overrides): Profile {
  const profile = resolveProfile(input, space);
  if (profile.epochs === 0) return profile;
  const changed = {
    ...profile,
    epochs: epochs ?? profile.epochs,
    batch: batch ?? profile.batch,
    ...(precision === undefined ? {} : { precision }),
  };
  if (epochs === undefined || writesFrozenEpochs(input)) return resolveProfile(changed, space);
  const frozenEpochs = Math.floor((profile.architecture.frozenEpochs * epochs) / profile.epochs);
  return resolveProfile({ ...changed, architecture: { ...profile.architecture, frozenEpochs } }, space);
}

function writesFrozenEpochs(input: unknown): boolean {
  const architecture = isRecord(input) ? input.architecture : undefined;
  return isRecord(architecture) && architecture.frozenEpochs !== undefined;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

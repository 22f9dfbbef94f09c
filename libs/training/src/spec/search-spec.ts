import {
  canonicalDigest,
  type Fault,
  faultsOf,
  mutationFaults,
  NasError,
  type Profile,
  parseSpaceDefinition,
  resolveProfile,
  type SpaceDefinition,
} from '@oneshot/nas';
import { z } from 'zod';
import { TrainingError } from '../errors.js';
import { type DataSpec, dataSpec, seedSpec } from './data-spec.js';

/** A search run with every field filled in; plain JSON. */
export interface SearchSpec {
  readonly space: SpaceDefinition;
  readonly profile: Profile;
  readonly data: DataSpec;
  readonly seed: number;
}

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
   * Epochs and batch for whatever the profile trains; without effect on one that trains nothing (`random`). The epochs in which a
   * method lets α rest shrink or grow with its epochs, unless the profile writes them.
   */
  epochs: z.int().min(1).optional(),
  batch: z.int().min(1).optional(),
});

/**
 * Reads a search spec as users write it, and fills it in. Throws TrainingError `invalid_spec` with every fault of space, profile, data and
 * seed at once.
 */
export function parseSearchSpec(input: unknown): SearchSpec {
  const faults: Fault[] = [];
  const outer = searchSpecSchema.safeParse(input);
  if (!outer.success) faults.push(...faultsOf(outer.error, input));
  const fields = typeof input === 'object' && input !== null ? (input as Record<string, unknown>) : {};
  const space = collect(faults, () => parseSpaceDefinition(fields.space, 'space'));
  const overrides = outer.success ? { epochs: outer.data.epochs, batch: outer.data.batch } : {};
  const profile = readProfileOf(fields.profile, space, overrides, faults);
  if (space !== null && profile !== null) faults.push(...mutationFaults(space, profile.mutations));
  if (faults.length > 0 || !outer.success || space === null || profile === null) {
    throw new TrainingError('invalid_spec', faults);
  }
  const { data, seed } = outer.data;
  return { space, profile, data, seed };
}

/** The run's identity: sha256 of the canonical spec. */
export function searchRunId(spec: SearchSpec): string {
  return canonicalDigest(spec);
}

interface Overrides {
  readonly epochs?: number | undefined;
  readonly batch?: number | undefined;
}

/** Without a space the profile's own fields are still checked, so that their faults show at once. */
function readProfileOf(
  input: unknown,
  space: SpaceDefinition | null,
  overrides: Overrides,
  faults: Fault[],
): Profile | null {
  if (space !== null) return collect(faults, () => readProfile(input, space.name, overrides));
  const found: Fault[] = [];
  collect(found, () => readProfile(input, 'darts', overrides));
  faults.push(...found.filter(({ path }) => path !== 'profile.selector'));
  return null;
}

function readProfile(input: unknown, space: SpaceDefinition['name'], { epochs, batch }: Overrides): Profile {
  const profile = resolveProfile(input, space);
  if (profile.epochs === 0) return profile;
  const changed = { ...profile, epochs: epochs ?? profile.epochs, batch: batch ?? profile.batch };
  if (epochs === undefined || writesFrozenEpochs(input)) return resolveProfile(changed, space);
  const frozenEpochs = Math.floor((profile.architecture.frozenEpochs * epochs) / profile.epochs);
  return { ...changed, architecture: { ...profile.architecture, frozenEpochs } };
}

function writesFrozenEpochs(input: unknown): boolean {
  const architecture = isRecord(input) ? input.architecture : undefined;
  return isRecord(architecture) && architecture.frozenEpochs !== undefined;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function collect<T>(faults: Fault[], read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof NasError)) throw error;
    faults.push(...error.faults);
    return null;
  }
}

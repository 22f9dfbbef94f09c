import { type Fault, NasError } from '../errors.js';
import { decidesEveryChoice } from '../genotype/enumerate.js';
import type { Selector } from '../selectors/selector.js';
import { SPACE_NAMES } from '../spaces/definition.js';
import { createSpace, type Space } from '../spaces/space.js';
import { faultsOf } from '../zod-faults.js';
import { findMethod, METHOD_NAMES, METHODS, type Method } from './builtin.js';
import { createSampler, createSelector } from './components.js';
import { type Profile, profileSchema } from './schema.js';

/**
 * What a user writes: a method's name; or `{ method, … }` with fields to change; or `{ name, sampler, … }` without a method, the rest
 * as in DARTS.
 */
export type ProfileInput = string | Readonly<Record<string, unknown>>;

/**
 * Fills a profile in for a space. Throws NasError `invalid_profile` with every fault: unknown method (lists the known ones), unknown or
 * wrong fields, a selector that cannot form genotypes of the space, parts that do not go together.
 */
export function resolveProfile(input: unknown, space: Space, root = 'profile'): Profile {
  const written = typeof input === 'string' ? { method: input } : input;
  if (!isRecord(written)) {
    throw new NasError('invalid_profile', [
      {
        path: root,
        message: `found ${JSON.stringify(written) ?? 'nothing'}; expected the name of a method or an object`,
      },
    ]);
  }
  const { method: named, ...changes } = written;
  const method = named === undefined ? METHODS.darts : typeof named === 'string' ? findMethod(named) : undefined;
  const faults: Fault[] = [];
  if (method === undefined) {
    const message = `unknown method ${JSON.stringify(named)}; known: ${METHOD_NAMES.join(', ')}`;
    faults.push({ path: `${root}.method`, message });
  }
  if (named === undefined) {
    for (const field of ['name', 'sampler']) {
      if (changes[field] === undefined) faults.push({ path: `${root}.${field}`, message: 'required without a method' });
    }
  }
  const base: Method = method ?? METHODS.darts;
  const selector = base.selectors[decidesEveryChoice(space) ? 'everyChoice' : 'twoEdges'];
  const profile = overlay({ ...base.profile, selector }, changes);
  const result = profileSchema.safeParse(profile);
  if (!result.success) faults.push(...faultsOf(result.error, profile, root));
  else faults.push(...compositionFaults(result.data, space, root));
  if (!result.success || faults.length > 0) throw new NasError('invalid_profile', faults);
  return result.data;
}

function compositionFaults(profile: Profile, space: Space, root: string): Fault[] {
  const faults: Fault[] = [];
  const selector = createSelector(profile.selector);
  if (!selector.fits(space)) {
    const message = `${profile.selector} forms genotypes of ${spacesOf(selector).join(', ')}, not of ${space.name}`;
    faults.push({ path: `${root}.selector`, message });
  }
  const learns = createSampler(profile.sampler).differentiable;
  if (!learns && profile.selector !== 'random') {
    const message = `the sampler ${profile.sampler.name} does not train α, so ${profile.selector} has nothing to read; allowed: random`;
    faults.push({ path: `${root}.selector`, message });
  }
  if (profile.edgeNormalisation && space.topology === undefined) {
    const message = `edges of cells are weighted, of which ${space.name} has none; allowed: false`;
    faults.push({ path: `${root}.edgeNormalisation`, message });
  } else if (!learns && profile.edgeNormalisation) {
    const message = `the sampler ${profile.sampler.name} trains no architecture parameters, so β cannot learn; allowed: false`;
    faults.push({ path: `${root}.edgeNormalisation`, message });
  }
  const { frozenEpochs } = profile.architecture;
  if (profile.epochs > 0 && learns && frozenEpochs >= profile.epochs) {
    const message = `found ${frozenEpochs}; at most ${profile.epochs - 1}, for α would rest in all ${profile.epochs} epochs`;
    faults.push({ path: `${root}.architecture.frozenEpochs`, message });
  }
  if (profile.epochs === 0 && profile.selector !== 'random') {
    faults.push({ path: `${root}.epochs`, message: 'found 0; at least 1 unless the selector is random' });
  }
  if (profile.weights.learningRate.to > profile.weights.learningRate.from) {
    const { from, to } = profile.weights.learningRate;
    faults.push({
      path: `${root}.weights.learningRate.to`,
      message: `found ${to}; at most learningRate.from, ${from}`,
    });
  }
  if (profile.architecture.order === 'second' && profile.architecture.step === 'after_weights') {
    const message = 'second order looks ahead of the weight step; allowed: before_weights';
    faults.push({ path: `${root}.architecture.step`, message });
  }
  if (profile.regularizer.name === 'dirichlet_kl' && profile.sampler.name !== 'dirichlet') {
    const message = `dirichlet_kl needs the sampler dirichlet; found ${profile.sampler.name}`;
    faults.push({ path: `${root}.regularizer.name`, message });
  }
  return faults;
}

/** The names of the spaces whose architectures a selector can form, at their usual size. */
export function spacesOf(selector: Selector): readonly string[] {
  return SPACE_NAMES.filter((name) => {
    try {
      return selector.fits(createSpace(name));
    } catch (error) {
      // A space without a usual size is not among those that are named.
      if (error instanceof NasError) return false;
      throw error;
    }
  });
}

/** Changes laid over a base, field by field; a component of another name replaces the base's altogether. */
function overlay(
  base: Readonly<Record<string, unknown>>,
  changes: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const result: Record<string, unknown> = { ...base };
  for (const [key, change] of Object.entries(changes)) {
    const before = base[key];
    const replaced = !isRecord(before) || !isRecord(change) || ('name' in change && change.name !== before.name);
    result[key] = replaced ? change : overlay(before, change);
  }
  return result;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

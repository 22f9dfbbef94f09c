import { architects } from '../architects/registry.js';
import { type Fault, NasError } from '../errors.js';
import { mutationFaults } from '../mutations/mutation.js';
import { placed } from '../parts/parts.js';
import type { Profile } from '../parts/profile.js';
import { perturbations } from '../perturbations/registry.js';
import { regularizers } from '../regularizers/registry.js';
import { samplers } from '../samplers/registry.js';
import { learningRateFaults } from '../schedules/learning-rate.js';
import { type Selector, selectors } from '../selectors/registry.js';
import { SPACE_NAMES } from '../spaces/definition.js';
import { createSpace, type Space } from '../spaces/space.js';
import { stops } from '../stops/registry.js';
import { precisionFaults } from './precision.js';

/**
 * Why the parts of a profile do not go together, or not with the space; paths start at `root`.
 * Without a space what concerns it is left out.
 */
export function compositionFaults(profile: Profile, space: Space | null, root: string): Fault[] {
  const own = [
    ...selectorFaults(profile, space),
    ...edgeFaults(profile, space),
    ...drawFaults(profile),
    ...epochFaults(profile),
    ...rateFaults(profile),
    ...perturbationFaults(profile, space),
    ...(profile.stop === undefined
      ? []
      : (stops.of(profile.stop.name).exclusions?.(profile.stop, profile, space) ?? [])),
    ...(samplers.of(profile.sampler.name).exclusions?.(profile.sampler, profile, space) ?? []),
    ...regularizerFaults(profile, space),
    ...(space === null ? [] : precisionFaults(profile.precision, space)),
    ...(architects.of(profile.architecture.order).exclusions?.(profile) ?? []),
  ];
  return [...placed(own, root), ...(space === null ? [] : mutationFaults(space, profile.mutations, root))];
}

function learns({ sampler }: Profile): boolean {
  return samplers.of(sampler.name).create(sampler).differentiable;
}

function selectorFaults(profile: Profile, space: Space | null): Fault[] {
  const faults: Fault[] = [];
  const selector = selectors.of(profile.selector);
  if (space !== null && !selector.fits(space)) {
    const message = `${selector.name} forms genotypes of ${spacesOf(selector).join(', ')}, not of ${space.name}`;
    faults.push({ path: 'selector', message });
  }
  if (
    selector.readsTopology === true &&
    samplers.of(profile.sampler.name).create(profile.sampler).topology === undefined
  ) {
    const message = `${selector.name} reads what a sampler that draws edges has learned of them; ${profile.sampler.name} draws none`;
    faults.push({ path: 'selector', message });
  }
  if (!selector.readsAlpha) return faults;
  const allowed = selectors.names().filter((name) => !selectors.of(name).readsAlpha);
  if (!learns(profile)) {
    const message = `the sampler ${profile.sampler.name} does not train α, so ${selector.name} has nothing to read; allowed: ${allowed.join(', ')}`;
    faults.push({ path: 'selector', message });
  }
  if (profile.epochs === 0) {
    faults.push({ path: 'epochs', message: `found 0; at least 1 unless the selector is ${allowed.join(' or ')}` });
  }
  return faults;
}

function edgeFaults(profile: Profile, space: Space | null): Fault[] {
  if (!profile.edgeNormalisation) return [];
  const path = 'edgeNormalisation';
  if (space !== null && space.topology === undefined) {
    return [{ path, message: `edges of cells are weighted, of which ${space.name} has none; allowed: false` }];
  }
  if (learns(profile)) return [];
  const message = `the sampler ${profile.sampler.name} trains no architecture parameters, so β cannot learn; allowed: false`;
  return [{ path, message }];
}

function regularizerFaults(profile: Profile, space: Space | null): readonly Fault[] {
  const { regularizer, sampler } = profile;
  const part = regularizers.of(regularizer.name);
  const own = part.exclusions?.(regularizer, profile, space) ?? [];
  if (own.length > 0 || part.create(regularizer).penalty === undefined || learns(profile)) return own;
  return [{ path: 'regularizer.name', message: `${regularizer.name} moves α, which ${sampler.name} has not` }];
}

function drawFaults({ draws, sampler }: Profile): Fault[] {
  const { deterministic, draws: own } = samplers.of(sampler.name).create(sampler);
  if (draws === undefined || (draws === 1 && own === undefined)) return [];
  if (own !== undefined) {
    const message = `the sampler ${sampler.name} says itself how many sub-networks a step draws; leave it out`;
    return [{ path: 'draws', message }];
  }
  if (deterministic !== true) return [];
  const message = `found ${draws}, but the sampler ${sampler.name} leaves nothing to chance: they would be the same; allowed: 1`;
  return [{ path: 'draws', message }];
}

function perturbationFaults(profile: Profile, space: Space | null): readonly Fault[] {
  const { perturbation, sampler } = profile;
  if (perturbation === undefined) return [];
  const { differentiable, singlePath } = samplers.of(sampler.name).create(sampler);
  if (singlePath || !differentiable) {
    const message = `${perturbation.name} moves the weights of options that run together; the sampler ${sampler.name} runs one with weight 1`;
    return [{ path: 'perturbation.name', message }];
  }
  return perturbations.of(perturbation.name).exclusions?.(perturbation, profile, space) ?? [];
}

function epochFaults(profile: Profile): Fault[] {
  const { epochs } = profile;
  const { frozenEpochs } = profile.architecture;
  if (epochs === 0 || !learns(profile) || frozenEpochs < epochs) return [];
  const message = `found ${frozenEpochs}; at most ${epochs - 1}, for α would rest in all ${epochs} epochs`;
  return [{ path: 'architecture.frozenEpochs', message }];
}

function rateFaults({ weights, architecture, epochs }: Profile): Fault[] {
  const { learningRate } = architecture;
  // Where nothing is trained, no schedule is too long.
  const most = epochs === 0 ? Number.POSITIVE_INFINITY : epochs;
  return [
    ...placed(learningRateFaults(weights.learningRate, most), 'weights.learningRate'),
    ...(typeof learningRate === 'number'
      ? []
      : placed(learningRateFaults(learningRate, most), 'architecture.learningRate')),
  ];
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

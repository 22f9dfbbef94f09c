import { tensor, tidy } from '@oneshot/engine';
import {
  createSpace,
  momentsOf,
  type NetworkDescription,
  type NetworkTarget,
  parameterTable,
  type Sampler,
  type Space,
  type Supernet,
  samplers,
  supernet,
} from '@oneshot/nas';
import { type DrawPurpose, drawStream, initialParameters } from '../search/search-model.js';
import type { SearchSpec } from '../spec/search-spec.js';
import { CALIBRATION_STEPS } from './calibrate.js';
import type { Size } from './fit.js';
import { PassMemory } from './pass-memory.js';
import { batchBytes, stateBytes } from './state-bytes.js';

/**
 * Steps that are followed where each draws other operations: pools grow until they hold buffers for
 * most draws.
 */
const STEPS = 40;

/**
 * Bytes that a search takes besides what the process has taken before it, by size: weights,
 * optimizers, a checkpoint, and the passes of both steps. The function gives null on backends that
 * make no plans.
 *
 * @param stepsPerEpoch with the profile's epochs: all steps of the run
 */
export function searchMemory(
  spec: SearchSpec,
  target: NetworkTarget,
  stepsPerEpoch: number,
): (size: Size) => number | null {
  const { mutations, edgeNormalisation, epochs } = spec.profile;
  const space = createSpace(spec.space);
  const sharing = samplerOf(spec).singlePath ? 'shared' : 'own';
  const network = supernet(space, target, { mutations, edgeNormalisation, sharing });
  const steps = Math.max(epochs * stepsPerEpoch, CALIBRATION_STEPS);
  const passes = passesOf(spec, space, network, Math.min(steps, STEPS));
  const fixed = stateBytes(parameterTable(network.description), momentsOf(spec.profile.weights, 'weights'));
  return ({ batch, recompute }) => {
    const memory = new PassMemory();
    for (const { path, weights } of passes) {
      if (!memory.pass(path, { batch, weights, recompute })) return null;
    }
    return memory.bytes + fixed + batchBytes(batch, target);
  };
}

interface Pass {
  readonly path: NetworkDescription;
  readonly weights: boolean;
}

/**
 * The passes of the first steps, drawn as the run draws them from the α it starts from; of one step
 * where all run the same.
 */
function passesOf(spec: SearchSpec, space: Space, network: Supernet, steps: number): readonly Pass[] {
  const { profile, seed } = spec;
  const sampler = samplerOf(spec);
  const { initialScale } = profile.architecture;
  const purposes: readonly DrawPurpose[] = sampler.differentiable ? ['architecture', 'weights'] : ['weights'];
  const alpha = space.groups.map(({ name, choices, options }) => {
    const shape = [choices.length, options.length];
    return { name, shape, values: initialParameters(seed, 'alpha', name, shape, initialScale) };
  });
  const passes: Pass[] = [];
  for (let step = 0; step < steps; step++) {
    for (const purpose of purposes) {
      const { active, bare } = tidy(() => {
        const stream = drawStream(seed, purpose, 0, step);
        const parameters = new Map(alpha.map(({ name, shape, values }) => [name, tensor(values, shape)]));
        const draw = sampler.draw(space.groups, parameters, { epoch: 0, epochs: profile.epochs, stream });
        return { active: draw.active, bare: draw.bare };
      });
      const path = active === undefined ? network.description : network.path(active, bare);
      passes.push({ path, weights: purpose === 'weights' });
      if (active === undefined && purpose === 'weights') return passes;
    }
  }
  return passes;
}

function samplerOf({ profile: { sampler } }: SearchSpec): Sampler {
  return samplers.of(sampler.name).create(sampler);
}

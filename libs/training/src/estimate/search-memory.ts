import { tensor, tidy } from '@oneshot/engine';
import {
  architects,
  createSpace,
  drawsPerStep,
  momentsOf,
  type NetworkDescription,
  parameterTable,
  type Sampler,
  type Space,
  type Supernet,
  samplers,
  supernet,
  type TaskShape,
} from '@oneshot/nas';
import { initialAlpha, initialBeta } from '../search/architecture-parameters.js';
import { type DrawPurpose, drawContext } from '../search/search-model.js';
import type { SearchSpec } from '../spec/search-spec.js';
import { CALIBRATION_STEPS } from './calibrate.js';
import type { Size } from './fit.js';
import { PassMemory } from './pass-memory.js';
import { batchBytes, stateBytes } from './state-bytes.js';

/**
 * Draws of each purpose that are followed where each takes other operations: pools grow until they
 * hold buffers for most draws.
 */
const DRAWS = 40;

/**
 * Bytes that a search takes besides what the process has taken before it, by size: weights,
 * optimizers, a checkpoint, and the passes of both steps. The function gives null on backends that
 * make no plans.
 *
 * @param stepsPerEpoch with the profile's epochs: all steps of the run
 */
export function searchMemory(
  spec: SearchSpec,
  target: TaskShape,
  stepsPerEpoch: number,
): (size: Size) => number | null {
  const { mutations, edgeNormalisation, epochs } = spec.profile;
  const space = createSpace(spec.space);
  const sharing = samplerOf(spec).singlePath ? 'shared' : 'own';
  const network = supernet(space, target, { mutations, edgeNormalisation, sharing });
  const steps = Math.max(epochs * stepsPerEpoch, CALIBRATION_STEPS);
  const draws = drawsPerStep(samplerOf(spec), space.groups, spec.profile.draws);
  const passes = passesOf(spec, space, network, { steps: Math.min(steps, Math.ceil(DRAWS / draws)), draws });
  // The sum of the gradients so far stands beside those of the next draw.
  const sums = draws > 1 ? 1 : 0;
  const fixed = stateBytes(parameterTable(network.description), momentsOf(spec.profile.weights, 'weights'), sums);
  return ({ batch, recompute, precision }) => {
    const memory = new PassMemory();
    for (const { path, weights } of passes) {
      if (!memory.pass(path, { batch, weights, recompute, precision })) return null;
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
function passesOf(
  spec: SearchSpec,
  space: Space,
  network: Supernet,
  { steps, draws }: { readonly steps: number; readonly draws: number },
): readonly Pass[] {
  const { profile, seed } = spec;
  const sampler = samplerOf(spec);
  const apart = sampler.differentiable && architects.of(profile.architecture.order).create().gradients !== undefined;
  const purposes: readonly DrawPurpose[] = apart ? ['architecture', 'weights'] : ['weights'];
  // With edge normalisation samplers do not see β.
  const beta = profile.edgeNormalisation ? [] : initialBeta(space, profile, sampler, seed);
  const initial = [...initialAlpha(space, profile, seed), ...beta];
  const passes: Pass[] = [];
  const positions = Array.from({ length: steps }, (_, step) =>
    purposes.flatMap((purpose) =>
      Array.from({ length: draws }, (__, draw) => ({ purpose, at: { epoch: 0, step, draw } })),
    ),
  ).flat();
  for (const { purpose, at } of positions) {
    const { active, bare } = tidy(() => {
      const context = { ...drawContext(seed, purpose, at), epochs: profile.epochs, topology: space.topology };
      const parameters = new Map(initial.map(({ name, shape, values }) => [name, tensor(values, shape)]));
      const draw = sampler.draw(space.groups, parameters, context);
      return { active: draw.active, bare: draw.bare };
    });
    const path = active === undefined ? network.description : network.path(active, bare);
    passes.push({ path, weights: purpose === 'weights' });
    if (active === undefined && purpose === 'weights') return passes;
  }
  return passes;
}

function samplerOf({ profile: { sampler } }: SearchSpec): Sampler {
  return samplers.of(sampler.name).create(sampler);
}

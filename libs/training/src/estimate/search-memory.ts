import { tidy } from '@oneshot/engine';
import { type Block, type NetworkTarget, parameterTable, singlePath } from '@oneshot/nas';
import type { SearchModel } from '../search/search-model.js';
import { CALIBRATION_STEPS } from './calibrate.js';
import type { Size } from './fit.js';
import { PassMemory } from './pass-memory.js';
import { stateBytes } from './state-bytes.js';

/** Steps that are followed where each draws other operations: pools grow until they hold buffers for most draws. */
const STEPS = 40;

/**
 * Bytes that a search takes besides what the process has taken before it, by size: weights, optimizers, a checkpoint, and the passes of
 * both steps. The function gives null on backends that make no plans.
 *
 * @param steps all steps of the run
 */
export function searchMemory(model: SearchModel, steps: number): (size: Size) => number | null {
  const { description } = model.network;
  const passes = passesOf(model, Math.min(Math.max(steps, CALIBRATION_STEPS), STEPS));
  const fixed = stateBytes(parameterTable(description));
  return ({ batch, recompute }) => {
    const memory = new PassMemory();
    for (const { blocks, weights } of passes) {
      if (!memory.pass(blocks, { batch, weights, recompute })) return null;
    }
    return memory.bytes + fixed + batchBytes(batch, description);
  };
}

interface Pass {
  readonly blocks: readonly Block[];
  readonly weights: boolean;
}

/** The passes of the first steps; of one step where all steps run the same. */
function passesOf(model: SearchModel, steps: number): readonly Pass[] {
  const passes: Pass[] = [];
  for (let step = 0; step < steps; step++) {
    for (const purpose of model.sampler.differentiable
      ? (['architecture', 'weights'] as const)
      : (['weights'] as const)) {
      const { active, bare } = tidy(() => {
        const draw = model.draw(purpose, 0, step);
        return { active: draw.active, bare: draw.bare };
      });
      const { blocks } =
        active === undefined ? model.network.description : singlePath(model.network.description, active, bare);
      passes.push({ blocks, weights: purpose === 'weights' });
      if (active === undefined && purpose === 'weights') return passes;
    }
  }
  return passes;
}

/** Images of a step: two batches, and those before them that wait for the collector. */
export function batchBytes(batch: number, { image }: Pick<NetworkTarget, 'image'>): number {
  return 4 * 4 * batch * image.height * image.width * image.channels;
}

import { dispose, randomStream, type Tensor, zeros } from '@oneshot/engine';
import {
  type ArchitectureParameters,
  createSampler,
  createSpace,
  type NetworkDescription,
  type NetworkTarget,
  parameterTable,
  singlePath,
  supernet,
} from '@oneshot/nas';
import type { SearchSpec } from '../spec/search-spec.js';
import { PassMemory } from './pass-memory.js';
import { stateBytes } from './state-bytes.js';

/** Draws that are followed where every draw runs other operations: enough that the pools hardly grow any more. */
const DRAWS = 32;

/**
 * Bytes that a search takes besides what the process has taken before it: weights, optimizers, a checkpoint, and the passes of both
 * steps. Null on backends that make no plans.
 */
export function searchMemory({ space: definition, profile }: SearchSpec, target: NetworkTarget): number | null {
  const space = createSpace(definition);
  const { mutations, edgeNormalisation, batch, recompute } = profile;
  const network = supernet(space, target, { mutations, edgeNormalisation });
  const passes = new PassMemory();
  const sampler = createSampler(profile.sampler);
  const alpha: ArchitectureParameters = new Map(
    space.groups.map(({ name, choices, options }) => [name, zeros([choices.length, options.length])]),
  );
  try {
    for (let draw = 0; draw < DRAWS; draw++) {
      const stream = (group: string, attempt: number) => randomStream(0, 'estimate', group, draw, attempt);
      const { active, bare, weights } = sampler.draw(space.groups, alpha, { epoch: 0, epochs: 1, stream });
      disposeAll(weights);
      const path: NetworkDescription = active === undefined ? network : singlePath(network, active, bare);
      for (const ofWeights of sampler.differentiable ? [false, true] : [true]) {
        if (!passes.pass(path.blocks, { batch, weights: ofWeights, recompute })) return null;
      }
      if (active === undefined) break;
    }
  } finally {
    disposeAll(alpha);
  }
  return passes.bytes + stateBytes(parameterTable(network)) + batchBytes(batch, target);
}

function disposeAll(tensors: ReadonlyMap<string, Tensor>): void {
  dispose(...tensors.values());
}

/** Images of a step: two batches, and those before them that wait for the collector. */
export function batchBytes(batch: number, { image }: NetworkTarget): number {
  return 4 * 4 * batch * image.height * image.width * image.channels;
}

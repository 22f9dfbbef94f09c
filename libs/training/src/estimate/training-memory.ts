import { createSpace, derivedNetwork, momentsOf, parameterTable, type TaskShape } from '@oneshot/nas';
import { networkOptions } from '../retrain/network-options.js';
import type { TrainingSpec } from '../spec/training-spec.js';
import { PassMemory } from './pass-memory.js';
import { batchBytes, stateBytes } from './state-bytes.js';

/**
 * Bytes that retraining takes besides what the process has taken before it: weights, optimizer, a
 * checkpoint, and the passes of a step. Null on backends that make no plans.
 */
export function trainingMemory(spec: TrainingSpec, target: TaskShape): number | null {
  const { batch, recompute, precision } = spec;
  const network = derivedNetwork(createSpace(spec.space), spec.genotype, networkOptions(spec, target).trained);
  const passes = new PassMemory();
  if (!passes.pass(network, { batch, weights: true, recompute, precision })) return null;
  return (
    passes.bytes + stateBytes(parameterTable(network), momentsOf(spec.weights, 'weights')) + batchBytes(batch, target)
  );
}

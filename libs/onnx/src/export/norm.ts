import type { NormSchedule } from '@oneshot/engine';
import type { GraphBuilder, ValueName } from '../graph/graph-builder.js';
import { type Bank, stretch } from './bank.js';

/** Added to the variance, as in the engine. */
export const normEpsilon = 1e-5;

/**
 * Batch normalisation with its running statistics; without affine parameters the scale is 1 and the
 * shift 0.
 */
export function exportNorm(
  graph: GraphBuilder,
  norm: NormSchedule,
  channels: number,
  input: ValueName,
  bank: Bank,
  name: string,
): ValueName {
  const affine = norm.affine
    ? stretch(bank.weights, norm.weights, 2 * channels, `${name}/affine`)
    : Float32Array.from({ length: 2 * channels }, (_, i) => (i < channels ? 1 : 0));
  const statistics = stretch(bank.statistics, norm.statistics, 2 * channels, `${name}/statistics`);
  const halves = [
    affine.subarray(0, channels),
    affine.subarray(channels),
    statistics.subarray(0, channels),
    statistics.subarray(channels),
  ];
  const labels = ['scale', 'shift', 'mean', 'variance'];
  const constants = halves.map((values, i) => graph.floats(values, [channels], `${name}/${labels[i]}`));
  return graph.node('BatchNormalization', [input, ...constants], name, { epsilon: { float: normEpsilon } });
}

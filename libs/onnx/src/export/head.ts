import { blockShape, type ClassifierHead, type NetworkDescription } from '@oneshot/nas';
import type { GraphBuilder, ValueName } from '../graph/graph-builder.js';
import type { NetworkBanks } from './banks.js';
import { exportNorm } from './norm.js';

/**
 * The classifier: affine norm and ReLU if it has them, global average pooling, one dense layer. Its
 * output is named `logits`.
 */
export function exportHead(
  graph: GraphBuilder,
  description: NetworkDescription,
  head: ClassifierHead,
  banks: NetworkBanks,
  features: ValueName,
): ValueName {
  const { outputs } = description;
  const { channels } = blockShape(description, head.from);
  let value = features;
  if (head.norm) {
    const norm = { affine: true, weights: 0, statistics: 0 };
    value = exportNorm(graph, norm, channels, value, { ...banks.headNorm, mix: new Float32Array(0) }, 'head/norm');
  }
  if (head.relu) value = graph.relu(value);
  const pooled = graph.node('GlobalAveragePool', [value], 'head/pool');
  const flat = graph.node('Flatten', [pooled], 'head/flat', { axis: 1 });
  const weights = graph.floats(banks.dense.weights, [channels, outputs], 'head/dense/weights');
  const bias = graph.floats(banks.dense.bias, [outputs], 'head/dense/bias');
  return graph.node('Gemm', [flat, weights, bias], 'logits');
}

import { type MixBlock, type NetworkDescription, type Slot, valueShape } from '@oneshot/nas';
import type { GraphBuilder, ValueName } from '../graph/graph-builder.js';
import { scaled } from './branch.js';

type Mix = ReadonlyMap<string, Float32Array> | undefined;

/** A weighted sum of blocks; a narrower one is filled up with zeros behind its last channel. */
export function exportMix(
  graph: GraphBuilder,
  description: NetworkDescription,
  { name, from, slots, bare, shape }: MixBlock,
  mix: Mix,
  inputs: readonly ValueName[],
): ValueName {
  const at = name.replaceAll('.', '/');
  const terms = inputs.map((input, index) => {
    const block = description.blocks[from[index] ?? -1];
    const own = block === undefined ? shape : valueShape(block);
    const missing = (shape.at(-1) ?? 0) - (own.at(-1) ?? 0);
    const wide = missing === 0 ? input : padded(graph, input, own.length, missing, `${at}/wide${index}`);
    return scaled(graph, wide, product(slots[index] ?? [], mix), `${at}/term${index}`);
  });
  const [only, ...more] = terms;
  const sum = only !== undefined && more.length === 0 ? only : graph.node('Sum', terms, `${at}/sum`);
  const amount = bare.reduce((total, factors) => total + product(factors, mix), 0);
  return amount === 0 ? sum : graph.node('Add', [sum, graph.scalar(amount, `${at}/bare`)], `${at}/shifted`);
}

/** Channels stand second in ONNX, after the batch. */
function padded(graph: GraphBuilder, input: ValueName, rank: number, missing: number, name: string): ValueName {
  const pads = Array.from({ length: 2 * (rank + 1) }, (_, index) => (index === rank + 2 ? missing : 0));
  return graph.node('Pad', [input, graph.integers(pads, `${name}/pads`)], name);
}

/** Coefficients that are not given are 1, as those of paths that are not dropped. */
function product(factors: readonly Slot[], mix: Mix): number {
  return factors.reduce((total, { group, index }) => total * (mix?.get(group)?.[index] ?? 1), 1);
}

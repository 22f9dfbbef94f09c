import type { FactorizedReduceBranch, StateShape } from '@oneshot/engine';
import type { GraphBuilder, ValueName } from '../graph/graph-builder.js';
import { type Bank, stretch, transposed } from './bank.js';
import { exportNorm } from './norm.js';

/**
 * Two 1×1 convolutions at stride 2, the second over the state shifted by one pixel up and left;
 * beyond the border it reads zero.
 */
export function exportFactorizedReduce(
  graph: GraphBuilder,
  branch: FactorizedReduceBranch,
  input: ValueName,
  shape: StateShape,
  bank: Bank,
  name: string,
): ValueName {
  const rectified = graph.relu(input);
  const first = Math.floor(branch.channels / 2);
  const convolution = (from: ValueName, offset: number, out: number, part: string): ValueName => {
    const kernel = transposed(stretch(bank.weights, offset, shape.channels * out, name), shape.channels, out);
    const weights = graph.floats(kernel, [out, shape.channels, 1, 1], `${name}/${part}/kernel`);
    return graph.node('Conv', [from, weights], `${name}/${part}`, { kernel_shape: [1, 1], strides: [2, 2] });
  };
  const halves: ValueName[] = [];
  if (first > 0) halves.push(convolution(rectified, branch.weights, first, 'even'));
  const odd = shifted(graph, rectified, shape, name);
  halves.push(convolution(odd, branch.weights + shape.channels * first, branch.channels - first, 'odd'));
  const joined = graph.node('Concat', halves, `${name}/concat`, { axis: 1 });
  return exportNorm(graph, branch.norm, branch.channels, joined, bank, `${name}/norm`);
}

/**
 * Drops the first row and column; a side of odd length first gets a zero at its end, so that every
 * pixel still has a partner.
 */
function shifted(graph: GraphBuilder, input: ValueName, { height, width }: StateShape, name: string): ValueName {
  const [down, right] = [height % 2, width % 2];
  const padded =
    down + right === 0
      ? input
      : graph.node('Pad', [input, graph.integers([0, 0, 0, 0, 0, 0, down, right], `${name}/pads`)], `${name}/padded`);
  const starts = graph.integers([1, 1], `${name}/starts`);
  const ends = graph.integers([height + down, width + right], `${name}/ends`);
  return graph.node('Slice', [padded, starts, ends, graph.integers([2, 3], `${name}/axes`)], `${name}/shifted`);
}

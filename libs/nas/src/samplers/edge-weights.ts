import { concat, slice, softmax, type Tensor } from '@oneshot/engine';
import type { ChoiceGroup } from '../spaces/choice.js';
import { softmaxRow } from './rows.js';

/**
 * Edge normalisation (Xu et al. 2020, section 3.3): the softmax of β over the edges that enter the
 * same node. `[choices]` → `[choices]`.
 */
export function edgeWeights(group: ChoiceGroup, beta: Tensor): Tensor {
  return concat(
    enteringEdges(group).map(({ first, count }) => softmax(slice(beta, [first], [count]))),
    0,
  );
}

/** The same as plain numbers, for histories and selectors. */
export function edgeWeightValues(group: ChoiceGroup, beta: Float32Array): Float32Array {
  return Float32Array.from(
    enteringEdges(group).flatMap(({ first, count }) => softmaxRow(Array.from(beta.subarray(first, first + count)))),
  );
}

/** Rows of the edges that enter each node; they lie side by side. */
function enteringEdges({ choices }: ChoiceGroup): readonly { readonly first: number; readonly count: number }[] {
  return [...new Set(choices.map(({ site }) => site?.node))].map((node) => {
    const rows = choices.filter(({ site }) => site?.node === node).map(({ row }) => row);
    return { first: Math.min(...rows), count: rows.length };
  });
}

import type { Builder } from '../build/builder.js';
import type { Value } from '../build/value.js';
import { cellNodes, preprocessed, reductionsAt, stem, strided } from './cell-edges.js';

/** Size of a network of DARTS' cells. */
export interface DartsSize {
  readonly cells: number;
  readonly nodes: number;
  /** Channels of the first cell; doubled by each reduction cell. */
  readonly channels: number;
  /** Channels of the stem as a multiple of `channels`. */
  readonly stemMultiplier: number;
  /** A skip connection beside every operation with weights while searching (Jha et al. 2025). */
  readonly auxiliarySkip?: true | undefined;
}

/**
 * Liu et al. 2019: cells that read the two before them, `reduce` at one and two thirds of the
 * depth, `normal` elsewhere.
 */
export function dartsNetwork(
  builder: Builder,
  { cells, nodes, channels, stemMultiplier, auxiliarySkip }: DartsSize,
): Value {
  const reductions = reductionsAt(cells);
  let before = stem(builder, channels * stemMultiplier);
  let last = before;
  let width = channels;
  for (let index = 0; index < cells; index++) {
    const reduction = reductions.includes(index);
    if (reduction) width *= 2;
    const cell = builder.cell(`cell${index}`, [before, last], (inputs) => {
      const newest = inputs[1] ?? last;
      const states = inputs.map((input) => preprocessed(builder, input, newest, width));
      const operation = (option: string, from: Value, { stride }: { readonly stride: 1 | 2 }) => {
        const made = strided(builder, option, from, stride);
        const skipped = auxiliarySkip === true && builder.searching && builder.learns(option);
        return skipped ? builder.add([made, strided(builder, 'skip_connect', from, stride)]) : made;
      };
      return cellNodes(builder, reduction ? 'reduce' : 'normal', states, { nodes, reduction }, operation).slice(2);
    });
    before = last;
    last = cell;
  }
  return builder.classify(last, { norm: false, relu: false });
}

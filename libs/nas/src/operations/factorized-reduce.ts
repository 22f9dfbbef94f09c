import type { BranchBody } from '@oneshot/engine';
import type { Bank } from '../build/bank.js';
import { mapShape } from '../build/value.js';
import { defineOperation } from './table.js';

/** ReLU, two 1×1 convolutions at stride 2 side by side, norm. */
export function factorizedReduce(input: number, channels: number, bank: Bank, affine: boolean): BranchBody {
  const weights = bank.weights(input * channels);
  return { kind: 'factorized_reduce', channels, weights, norm: bank.norm(channels, affine) };
}

defineOperation<{ readonly channels: number }>({
  kind: 'fused',
  name: 'factorized_reduce',
  summary:
    'ReLU, two 1×1 convolutions at stride 2 side by side, the second one pixel further, norm (Liu et al. 2019, code)',
  staged: false,
  shape([input], { channels }) {
    const { height, width } = mapShape(input ?? []);
    return [Math.ceil(height / 2), Math.ceil(width / 2), channels];
  },
  lower: ({ input, style, bank }, { channels }) => factorizedReduce(input.channels, channels, bank, style.affine),
});

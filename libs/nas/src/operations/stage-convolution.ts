import type { ConvolutionSchedule } from '@oneshot/engine';
import { mapShape } from '../build/value.js';
import { defineOperation } from './table.js';

/** Options of a convolution with what stands before and after it. */
type StageConvolution = {
  readonly size: ConvolutionSchedule['size'];
  /** Default 1. */
  readonly stride?: 1 | 2;
  readonly channels: number;
  /** Before the convolution. Default true. */
  readonly relu?: boolean;
  /**
   * After the convolution: none, one whose scale and shift follow the network's style, one that
   * always has them, or one that never has. Default `style`.
   */
  readonly norm?: 'none' | 'style' | 'affine' | 'plain';
  /** After all. Default false. */
  readonly reluAfter?: boolean;
};

defineOperation<StageConvolution>({
  kind: 'fused',
  name: 'stage_convolution',
  summary: 'ReLU, dense convolution, norm to any number of channels; ReLU and norm can be left out',
  staged: true,
  shape([input], { stride = 1, channels }) {
    const { height, width } = mapShape(input ?? []);
    return [Math.ceil(height / stride), Math.ceil(width / stride), channels];
  },
  lower({ input, style, bank }, { size, stride = 1, channels, relu = true, norm = 'style', reluAfter = false }) {
    const weights = bank.weights(size * size * input.channels * channels);
    const convolution = { size, stride, channels, weights };
    const affine = norm === 'affine' || (norm === 'style' && style.affine);
    return {
      kind: 'chain',
      stages: [
        { relu, convolution, ...(norm === 'none' ? {} : { norm: bank.norm(channels, affine) }) },
        ...(reluAfter ? [{ relu: true }] : []),
      ],
    };
  },
});

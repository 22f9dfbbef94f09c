import type { ConvolutionSchedule, DepthwiseSchedule, StageSchedule } from '@oneshot/engine';
import type { Bank } from '../build/bank.js';

/** ReLU, dense convolution, norm. */
export function denseStage(
  size: ConvolutionSchedule['size'],
  stride: 1 | 2,
  input: number,
  channels: number,
  bank: Bank,
  affine: boolean,
): StageSchedule {
  const weights = bank.weights(size * size * input * channels);
  return { relu: true, convolution: { size, stride, channels, weights }, norm: bank.norm(channels, affine) };
}

/** ReLU, depthwise and 1×1 convolution, norm. */
export function separableStage(
  size: DepthwiseSchedule['size'],
  stride: 1 | 2,
  dilation: 1 | 2,
  channels: number,
  bank: Bank,
  affine: boolean,
): StageSchedule {
  const depthwise = { size, stride, dilation, weights: bank.weights(size * size * channels) };
  const convolution = { size: 1, stride: 1, channels, weights: bank.weights(channels * channels) } as const;
  return { relu: true, depthwise, convolution, norm: bank.norm(channels, affine) };
}

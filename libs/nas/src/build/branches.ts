import type { BranchBody, ConvolutionSchedule, DepthwiseSchedule, StageSchedule } from '@oneshot/engine';
import type { Primitive } from '../spaces/primitives.js';
import type { Bank } from './bank.js';

/** How operations are built in one network. */
export interface BranchStyle {
  /** Learned scale and shift after every norm: not while searching, yes while retraining. */
  readonly affine: boolean;
  /** A norm after pooling: in the DARTS search only (Liu et al. 2019, code). */
  readonly poolNorm: boolean;
}

/** An operation on `channels` channels at a stride, its kernels placed in the bank. */
export function primitiveBranch(
  primitive: Primitive,
  channels: number,
  stride: 1 | 2,
  bank: Bank,
  style: BranchStyle,
): BranchBody {
  switch (primitive) {
    case 'none':
      return { kind: 'zero' };
    case 'skip_connect':
      return stride === 1 ? { kind: 'identity' } : factorizedReduce(channels, channels, bank, style.affine);
    case 'max_pool_3x3':
    case 'avg_pool_3x3': {
      const pool = primitive === 'max_pool_3x3' ? 'max' : 'average';
      const norm = style.poolNorm ? { norm: bank.norm(channels, style.affine) } : {};
      return { kind: 'pool', pool, size: 3, stride, padding: 1, ...norm };
    }
    case 'sep_conv_3x3':
    case 'sep_conv_5x5':
    case 'sep_conv_7x7': {
      const size = kernelSize(primitive);
      const stage = (at: 1 | 2) => separableStage(size, at, 1, channels, bank, style.affine);
      return { kind: 'chain', stages: [stage(stride), stage(1)] };
    }
    case 'dil_conv_3x3':
    case 'dil_conv_5x5':
      return {
        kind: 'chain',
        stages: [separableStage(kernelSize(primitive), stride, 2, channels, bank, style.affine)],
      };
    case 'nor_conv_1x1':
    case 'nor_conv_3x3':
    case 'nor_conv_5x5':
    case 'nor_conv_7x7':
      return {
        kind: 'chain',
        stages: [denseStage(kernelSize(primitive), stride, channels, channels, bank, style.affine)],
      };
  }
}

/** ReLU, two 1×1 convolutions at stride 2 side by side, norm. */
export function factorizedReduce(input: number, channels: number, bank: Bank, affine: boolean): BranchBody {
  const weights = bank.weights(input * channels);
  return { kind: 'factorized_reduce', channels, weights, norm: bank.norm(channels, affine) };
}

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

function separableStage(
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

type Sized<P extends string> = P extends `${string}_1x1`
  ? 1
  : P extends `${string}_3x3`
    ? 3
    : P extends `${string}_5x5`
      ? 5
      : 7;

const SIZES = { '1x1': 1, '3x3': 3, '5x5': 5, '7x7': 7 } as const;

function kernelSize<P extends Primitive>(primitive: P): Sized<P> {
  const size = Object.entries(SIZES).find(([suffix]) => primitive.endsWith(suffix))?.[1] ?? 7;
  return size as Sized<P>;
}

import type { BranchSchedule, NormSchedule, StageSchedule, StateShape } from './schedule.js';

/** A piece of the weight bank that a branch reads, with its layout. */
export interface WeightPart {
  readonly offset: number;
  readonly shape: readonly number[];
}

const half = (channels: number): number => Math.floor(channels / 2);

/** Kernels of a stage on a state of `channels`: depthwise first, then dense. */
export function stageKernels({ depthwise, convolution }: StageSchedule, channels: number): WeightPart[] {
  const parts: WeightPart[] = [];
  if (depthwise !== undefined) {
    parts.push({ offset: depthwise.weights, shape: [depthwise.size, depthwise.size, channels] });
  }
  if (convolution !== undefined) {
    const { size, channels: out, weights } = convolution;
    parts.push({ offset: weights, shape: [size, size, channels, out] });
  }
  return parts;
}

/** The two 1×1 kernels of a factorized reduction from `channelsIn` to `channelsOut`. */
export function reductionKernels(weights: number, channelsIn: number, channelsOut: number): [WeightPart, WeightPart] {
  const first = half(channelsOut);
  return [
    { offset: weights, shape: [1, 1, channelsIn, first] },
    { offset: weights + channelsIn * first, shape: [1, 1, channelsIn, channelsOut - first] },
  ];
}

/** Scale and shift of an affine norm; nothing otherwise. */
export function normKernels(norm: NormSchedule | undefined, channels: number): WeightPart[] {
  if (norm === undefined || !norm.affine) return [];
  return [
    { offset: norm.weights, shape: [channels] },
    { offset: norm.weights + channels, shape: [channels] },
  ];
}

const strided = ({ height, width }: StateShape, stride: number, channels: number): StateShape => ({
  height: Math.ceil(height / stride),
  width: Math.ceil(width / stride),
  channels,
});

/** Shape after a stage. */
export function stageShape({ depthwise, convolution }: StageSchedule, from: StateShape): StateShape {
  const stride = (depthwise?.stride ?? 1) * (convolution?.stride ?? 1);
  return strided(from, stride, convolution?.channels ?? from.channels);
}

/** Shape of a branch's result, or null where the branch has none of its own (`zero`, `bare`). */
export function branchShape(branch: BranchSchedule, from: StateShape): StateShape | null {
  switch (branch.kind) {
    case 'zero':
    case 'bare':
      return null;
    case 'identity':
      return from;
    case 'pool': {
      const count = (length: number): number =>
        Math.floor((length + 2 * branch.padding - branch.size) / branch.stride) + 1;
      return { height: count(from.height), width: count(from.width), channels: from.channels };
    }
    case 'chain':
      return branch.stages.reduce((shape, stage) => stageShape(stage, shape), from);
    case 'factorized_reduce':
      return strided(from, 2, branch.channels);
  }
}

export const sameShape = (a: StateShape, b: StateShape): boolean =>
  a.height === b.height && a.width === b.width && a.channels === b.channels;

export const showShape = ({ height, width, channels }: StateShape): string => `${height}×${width}×${channels}`;

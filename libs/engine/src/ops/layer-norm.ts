import { at } from '../gradients/gradient.js';
import { Kernel } from '../kernels/names.js';
import { runKernelOutputs } from '../kernels/run.js';
import { ones, zeros } from '../tensor/create.js';
import type { Tensor } from '../tensor/tensor.js';
import { channelScaleShift } from './channel-scale-shift.js';

export interface LayerNormOptions {
  /** `[c]`, default ones. */
  readonly scale?: Tensor;
  /** `[c]`, default zeros. */
  readonly shift?: Tensor;
}

/** `(x − mean)/sqrt(variance + 1e-5)·scale + shift` over the last axis (Ba et al. 2016). */
export function layerNorm(x: Tensor, { scale, shift }: LayerNormOptions = {}): Tensor {
  const channels = x.shape[x.shape.length - 1] ?? 1;
  const normalised = at(runKernelOutputs(Kernel.layerNorm, { x }), 0);
  if (scale === undefined && shift === undefined) return normalised;
  return channelScaleShift(normalised, scale ?? ones([channels]), shift ?? zeros([channels]));
}

import { EngineError } from '../errors.js';
import { at } from '../gradients/gradient.js';
import { type BatchNormAttributes, normEpsilon } from '../kernels/attributes.js';
import { Kernel } from '../kernels/names.js';
import { runKernelOutputs } from '../kernels/run.js';
import { ones, zeros } from '../tensor/create.js';
import type { Tensor } from '../tensor/tensor.js';
import { hardSwish } from './activation.js';
import { channelScaleShift } from './channel-scale-shift.js';
import { add, div, mul, neg, sqrt } from './elementwise.js';
import { shown } from './observe-relu.js';
import { relu } from './relu.js';

export interface BatchNormOptions {
  /** `train` normalises with the batch's own mean and variance, `eval` with the running ones. */
  readonly mode: 'train' | 'eval';
  /** `[c]`, default ones. */
  readonly scale?: Tensor;
  /** `[c]`, default zeros. */
  readonly shift?: Tensor;
  /** What the result goes through; done in the same pass. Default `none`. */
  readonly activation?: BatchNormAttributes['activation'];
  /** Mean `[c]` and variance `[c]`; needed in `eval`. */
  readonly running?: { readonly mean: Tensor; readonly variance: Tensor };
}

export interface BatchNormResult {
  readonly value: Tensor;
  /** Mean `[c]` that was used; not differentiable. */
  readonly mean: Tensor;
  /** Variance `[c]` that was used (biased in `train`); not differentiable. */
  readonly variance: Tensor;
}

/**
 * `(x − mean)/sqrt(variance + 1e-5)·scale + shift` over all axes but the last (Ioffe and Szegedy
 * 2015), and the activation of it. For the backward pass `x` is kept, and nothing between.
 */
export function batchNorm(
  x: Tensor,
  { mode, scale, shift, activation = 'none', running }: BatchNormOptions,
): BatchNormResult {
  const channels = x.shape[x.shape.length - 1] ?? 1;
  const factors = { scale: scale ?? ones([channels]), shift: shift ?? zeros([channels]) };
  if (mode === 'train') {
    const outputs = runKernelOutputs(Kernel.batchNorm, { x, ...factors }, { activation });
    const value = at(outputs, 0);
    return { value: activation === 'relu' ? shown(value) : value, mean: at(outputs, 1), variance: at(outputs, 2) };
  }
  if (running === undefined) {
    throw new EngineError(
      'invalid_argument',
      'Invalid argument running: batch norm in eval mode needs running statistics.',
    );
  }
  const { mean, variance } = running;
  const factor = div(factors.scale, sqrt(add(variance, normEpsilon)));
  const offset = add(mul(neg(mean), factor), factors.shift);
  return { value: activated(channelScaleShift(x, factor, offset), activation), mean, variance };
}

function activated(x: Tensor, activation: BatchNormAttributes['activation']): Tensor {
  switch (activation) {
    case 'none':
      return x;
    case 'relu':
      return relu(x);
    case 'hardSwish':
      return hardSwish(x);
  }
}

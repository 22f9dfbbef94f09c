import { EngineError } from '../errors.js';
import { at } from '../gradients/gradient.js';
import { normEpsilon } from '../kernels/attributes.js';
import { Kernel } from '../kernels/names.js';
import { runKernelOutputs } from '../kernels/run.js';
import { ones, zeros } from '../tensor/create.js';
import type { Tensor } from '../tensor/tensor.js';
import { channelScaleShift } from './channel-scale-shift.js';
import { add, div, mul, neg, sqrt } from './elementwise.js';

export interface BatchNormOptions {
  /** `train` normalises with the batch's own mean and variance, `eval` with the running ones. */
  readonly mode: 'train' | 'eval';
  /** `[c]`, default ones. */
  readonly scale?: Tensor;
  /** `[c]`, default zeros. */
  readonly shift?: Tensor;
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
 * 2015).
 */
export function batchNorm(x: Tensor, { mode, scale, shift, running }: BatchNormOptions): BatchNormResult {
  const channels = x.shape[x.shape.length - 1] ?? 1;
  if (mode === 'train') {
    const outputs = runKernelOutputs(Kernel.batchNorm, { x });
    const [normalised, mean, variance] = [at(outputs, 0), at(outputs, 1), at(outputs, 2)];
    const value =
      scale === undefined && shift === undefined
        ? normalised
        : channelScaleShift(normalised, scale ?? ones([channels]), shift ?? zeros([channels]));
    return { value, mean, variance };
  }
  if (running === undefined) {
    throw new EngineError(
      'invalid_argument',
      'Invalid argument running: batch norm in eval mode needs running statistics.',
    );
  }
  const { mean, variance } = running;
  const factor = div(scale ?? ones([channels]), sqrt(add(variance, normEpsilon)));
  const offset = mul(neg(mean), factor);
  return { value: channelScaleShift(x, factor, shift === undefined ? offset : add(offset, shift)), mean, variance };
}

import { Tensor as CoreTensor, type GradConfig, type NamedAttrMap } from '@tensorflow/tfjs-core';
import { EngineError } from '../errors.js';
import type { Tensor } from '../tensor/tensor.js';

/**
 * The gradient of one kernel: for every differentiable input, a function that computes its gradient
 * when it is wanted.
 */
export interface KernelGradient<Attributes> {
  readonly kernel: string;
  readonly inputs?: readonly string[];
  readonly outputs?: readonly boolean[];
  /** `saved` holds the named inputs, then the outputs marked true. */
  gradients(dys: readonly Tensor[], saved: readonly Tensor[], attributes: Attributes): Record<string, () => Tensor>;
}

/** The gradient as tfjs registers it. */
export function gradient<Attributes>(config: KernelGradient<Attributes>): GradConfig {
  return {
    kernelName: config.kernel,
    ...(config.inputs === undefined ? {} : { inputsToSave: [...config.inputs] }),
    ...(config.outputs === undefined ? {} : { outputsToSave: [...config.outputs] }),
    gradFunc: (dys, saved, attributes: NamedAttrMap) =>
      config.gradients(dys instanceof CoreTensor ? [dys] : dys, saved, attributes as Attributes),
  };
}

/**
 * The tensor at a place where one is certain to be; a missing one is a fault of the engine itself.
 */
export function at(tensors: readonly Tensor[], index: number): Tensor {
  const found = tensors[index];
  if (found === undefined)
    throw new EngineError('unsupported', `A gradient lacks tensor ${index} of ${tensors.length}.`);
  return found;
}

import { type Tensor as CoreTensor, type KernelConfig, type TensorInfo, tidy } from '@tensorflow/tfjs-core';
import type { Tensor } from '../tensor/tensor.js';

/** tfjs' name of the TensorFlow backend. */
export const tensorflowBackendName = 'tensorflow';

/** A kernel made of TensorFlow's own operations; what it makes besides its result is freed. */
export function composedKernel<Input extends string, Attributes = Record<string, never>>(
  kernelName: string,
  run: (inputs: Readonly<Record<Input, Tensor>>, attributes: Attributes) => Tensor | Tensor[],
): KernelConfig {
  return {
    kernelName,
    backendName: tensorflowBackendName,
    kernelFunc: ({ inputs, attrs }) =>
      // tfjs hands the tensors themselves to kernels, under their narrower type.
      tidy(() => run(inputs as Record<Input, CoreTensor>, attrs as Attributes)) as TensorInfo | TensorInfo[],
  };
}

import { type Tensor as CoreTensor, engine, type NamedAttrMap, type NamedTensorMap } from '@tensorflow/tfjs-core';
import type { Tensor } from '../tensor/tensor.js';

/** Inputs by name, or by place under the names `0`, `1`, … */
type Inputs = Readonly<Record<string, Tensor>> | readonly Tensor[];

/** Runs a kernel with one output on the current backend, recorded on the tape if one is on. */
export function runKernel(name: string, inputs: Inputs, attributes: object = {}): Tensor {
  return engine().runKernel<CoreTensor>(name, inputs as NamedTensorMap, attributes as NamedAttrMap);
}

/** Runs a kernel with several outputs. */
export function runKernelOutputs(name: string, inputs: Inputs, attributes: object = {}): Tensor[] {
  return engine().runKernel<CoreTensor[]>(name, inputs as NamedTensorMap, attributes as NamedAttrMap);
}

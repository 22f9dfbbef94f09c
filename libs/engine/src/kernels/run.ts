import { type Tensor as CoreTensor, engine, type NamedAttrMap } from '@tensorflow/tfjs-core';
import type { Tensor } from '../tensor/tensor.js';

type Inputs = Readonly<Record<string, Tensor>>;

/** Runs a kernel with one output on the current backend, recorded on the tape if one is on. */
export function runKernel(name: string, inputs: Inputs, attributes: object = {}): Tensor {
  return engine().runKernel<CoreTensor>(name, inputs, attributes as NamedAttrMap);
}

/** Runs a kernel with several outputs. */
export function runKernelOutputs(name: string, inputs: Inputs, attributes: object = {}): Tensor[] {
  return engine().runKernel<CoreTensor[]>(name, inputs, attributes as NamedAttrMap);
}

import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { HostKernel } from '../backend/host.js';
import { isFloat, orElse } from '../backend/or-else.js';

/**
 * From this many values on a call into the addon is worth it; below, architecture parameters keep
 * the bits of JavaScript.
 */
const fromSize = 4096;

/**
 * A kernel for large float32 inputs, and tfjs' JavaScript kernel of the same name for all others.
 */
export function forLarge<Input extends string>(name: string, input: Input, kernel: HostKernel): HostKernel {
  const isLarge = ({ shape }: TensorInfo): boolean =>
    shape.reduce((product, length) => product * length, 1) >= fromSize;
  return orElse<Input>(name, (inputs) => isFloat(inputs[input]) && isLarge(inputs[input]), kernel);
}

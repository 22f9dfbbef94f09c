import { getKernel, type TensorInfo } from '@tensorflow/tfjs-core';
import type { HostKernel } from '../backend/host.js';
import { referenceBackendName } from '../reference/register.js';

/** A kernel for the inputs that `fits` accepts, and tfjs' JavaScript kernel of the same name for all others. */
export function orElse<Input extends string>(
  name: string,
  fits: (inputs: Readonly<Record<Input, TensorInfo>>) => boolean,
  kernel: HostKernel,
): HostKernel {
  const general = getKernel(name, referenceBackendName).kernelFunc;
  return {
    name,
    run: (parameters) => {
      const inputs = parameters.inputs as Record<Input, TensorInfo>;
      return fits(inputs) ? kernel.run(parameters) : general(parameters);
    },
  };
}

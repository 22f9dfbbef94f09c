import { getKernel, type TensorInfo } from '@tensorflow/tfjs-core';
import type { HostKernel } from './host.js';

/** tfjs' name of the JavaScript backend. */
export const javascriptBackendName = 'cpu';

/**
 * A kernel for the inputs that `fits` accepts, and tfjs' JavaScript kernel of the same name for all
 * others.
 */
export function orElse<Input extends string>(
  name: string,
  fits: (inputs: Readonly<Record<Input, TensorInfo>>) => boolean,
  kernel: HostKernel,
): HostKernel {
  const general = getKernel(name, javascriptBackendName).kernelFunc;
  return {
    name,
    run: (parameters) => {
      const inputs = parameters.inputs as Record<Input, TensorInfo>;
      return fits(inputs) ? kernel.run(parameters) : general(parameters);
    },
  };
}

export const isFloat = ({ dtype }: TensorInfo): boolean => dtype === 'float32';

/** Whether two operands need no broadcasting and no conversion. */
export const alike = ({ a, b }: Readonly<Record<'a' | 'b', TensorInfo>>): boolean =>
  isFloat(a) && isFloat(b) && a.shape.join() === b.shape.join();

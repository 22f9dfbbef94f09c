import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { HostContext, HostKernel } from '../backend/host.js';
import { hostKernel } from '../backend/host.js';
import type { Addon } from './addon.js';
import type { NativeBackend } from './backend.js';

/** A kernel on typed arrays that calls the addon. */
export function nativeKernel<Input extends string, Attributes = Record<string, never>>(
  name: string,
  run: (context: HostContext<Input, Attributes>, addon: Addon) => TensorInfo | TensorInfo[],
): HostKernel {
  return {
    name,
    run: (parameters) => {
      const { addon } = parameters.backend as NativeBackend;
      return hostKernel<Input, Attributes>(name, (context) => run(context, addon)).run(parameters);
    },
  };
}

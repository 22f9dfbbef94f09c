import type { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import type { KernelConfig, TensorInfo } from '@tensorflow/tfjs-core';

/**
 * A new tensor and its memory, whose content is unspecified until the kernel has written all of it.
 */
export interface HostOutput {
  readonly info: TensorInfo;
  readonly values: Float32Array;
}

/** A backend whose tensors are typed arrays in this process, with its own way to get new ones. */
export interface HostBackend extends MathBackendCPU {
  allocate?(size: number): Float32Array;
}

/**
 * The values of a float32 tensor; tfjs leaves those of a tensor cast from bool or int32 in their
 * old array.
 */
export function floatValues(backend: HostBackend, { dataId }: TensorInfo): Float32Array {
  const values: unknown = backend.data.get(dataId).values;
  return values instanceof Float32Array ? values : Float32Array.from(values as ArrayLike<number>);
}

/** What a kernel on typed arrays sees. */
export interface HostContext<Input extends string, Attributes> {
  readonly inputs: Readonly<Record<Input, TensorInfo>>;
  readonly attributes: Attributes;
  float(input: Input): Float32Array;
  int(input: Input): Int32Array;
  output(shape: readonly number[]): HostOutput;
}

/** A kernel on typed arrays, not yet bound to a backend. */
export interface HostKernel {
  readonly name: string;
  readonly run: KernelConfig['kernelFunc'];
}

/** Wraps a function on typed arrays as a kernel for any host backend. */
export function hostKernel<Input extends string, Attributes = Record<string, never>>(
  name: string,
  run: (context: HostContext<Input, Attributes>) => TensorInfo | TensorInfo[],
): HostKernel {
  return {
    name,
    run: ({ inputs, attrs, backend }) => {
      const host = backend as HostBackend;
      const given = inputs as Record<Input, TensorInfo>;
      const made: TensorInfo[] = [];
      const context: HostContext<Input, Attributes> = {
        inputs: given,
        attributes: attrs as Attributes,
        float: (input) => floatValues(host, given[input]),
        int: (input) => host.data.get(given[input].dataId).values as Int32Array,
        output: (shape) => {
          const size = shape.reduce((product, length) => product * length, 1);
          const values = host.allocate?.(size) ?? new Float32Array(size);
          const info = host.makeTensorInfo([...shape], 'float32', values);
          made.push(info);
          return { info, values };
        },
      };
      try {
        return run(context);
      } catch (error) {
        for (const { dataId } of made) host.disposeData(dataId);
        throw error;
      }
    },
  };
}

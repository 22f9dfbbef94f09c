import type { TensorInfo } from '@tensorflow/tfjs-core';
import { floatValues, type HostKernel } from '../../backend/host.js';
import type { FusedCellGradientAttributes } from '../../cell/fused.js';
import { FusedKernel } from '../../kernels/names.js';
import type { NativeBackend } from '../backend.js';

/** A whole cell backward in one call. */
export const cellGradient: HostKernel = {
  name: FusedKernel.cellGradient,
  run: ({ inputs, attrs, backend }) => {
    const native = backend as NativeBackend;
    const { schedule, precision, wanted } = attrs as unknown as FusedCellGradientAttributes;
    const given = Object.values(inputs) as TensorInfo[];
    const array = (index: number): Float32Array => floatValues(native, given[index] as TensorInfo);
    const states = schedule.inputs.length;
    const gradients: (Float32Array | null)[] = [];
    native.filling(gradients, () => {
      for (const [i, isWanted] of wanted.entries()) {
        const { shape } = given[i] as TensorInfo;
        gradients.push(isWanted ? native.allocate(shape.reduce((product, length) => product * length, 1)) : null);
      }
      native.plan(schedule, given[0]?.shape[0] ?? 0, precision).backward(
        native.attached((given[states + 4] as TensorInfo).dataId),
        Array.from({ length: states }, (_, i) => array(i)),
        array(states),
        array(states + 1),
        array(states + 2),
        array(states + 3),
        gradients.slice(0, states),
        gradients[states] ?? null,
        gradients[states + 1] ?? null,
      );
    });
    return gradients.flatMap((values, i) =>
      values === null ? [] : [native.makeTensorInfo((given[i] as TensorInfo).shape, 'float32', values)],
    );
  },
};

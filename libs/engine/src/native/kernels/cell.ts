import type { TensorInfo } from '@tensorflow/tfjs-core';
import { floatValues, type HostKernel } from '../../backend/host.js';
import type { FusedCellAttributes } from '../../cell/fused.js';
import { outputShape } from '../../cell/shapes.js';
import { FusedKernel } from '../../kernels/names.js';
import type { Saved } from '../addon.js';
import type { NativeBackend } from '../backend.js';

/** A whole cell forward in one call. */
export const cell: HostKernel = {
  name: FusedKernel.cell,
  run: ({ inputs, attrs, backend }) => {
    const native = backend as NativeBackend;
    const { schedule, train, keep, precision } = attrs as unknown as FusedCellAttributes;
    const given = Object.values(inputs) as TensorInfo[];
    const arrays = given.map((info) => floatValues(native, info));
    const states = schedule.inputs.length;
    const batch = given[0]?.shape[0] ?? 0;
    const { height, width, channels } = outputShape(schedule);
    const output = native.allocate(batch * height * width * channels);
    // Entries that no norm writes stay zero.
    const statistics = new Float32Array(train ? schedule.statisticCount : 0);
    const forward = (): Saved | null =>
      native
        .plan(schedule, batch, precision)
        .forward(
          arrays.slice(0, states),
          arrays[states] as Float32Array,
          arrays[states + 1] as Float32Array,
          given[states + 1]?.shape.length === 2,
          train ? null : (arrays[states + 2] ?? new Float32Array(0)),
          train,
          keep,
          output,
          train ? statistics : null,
        );
    const saved = native.filling([output], forward);
    const handle = native.makeTensorInfo([0], 'float32', new Float32Array(0));
    if (saved !== null) native.attach(handle.dataId, saved);
    return [
      native.makeTensorInfo([batch, height, width, channels], 'float32', output),
      native.makeTensorInfo([statistics.length], 'float32', statistics),
      handle,
    ];
  },
};

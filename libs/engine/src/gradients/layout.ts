import {
  backend_util,
  Cast,
  Concat,
  GatherV2,
  type GradConfig,
  Identity,
  PadV2,
  Reshape,
  Slice,
  Transpose,
  unsortedSegmentSum,
} from '@tensorflow/tfjs-core';
import { pad, reshape, slice, transpose } from '../ops/shape.js';
import type { Tensor } from '../tensor/tensor.js';
import { at, gradient } from './gradient.js';

const ofReshape = gradient({
  kernel: Reshape,
  inputs: ['x'],
  gradients: (dys, saved) => ({ x: () => reshape(at(dys, 0), at(saved, 0).shape) }),
});

const ofIdentity = gradient({ kernel: Identity, gradients: (dys) => ({ x: () => at(dys, 0) }) });

const ofCast = gradient({ kernel: Cast, gradients: (dys) => ({ x: () => at(dys, 0) }) });

const ofTranspose = gradient<{ perm: number[] }>({
  kernel: Transpose,
  gradients: (dys, _saved, { perm }) => ({
    x: () => transpose(at(dys, 0), backend_util.getUndoAxesPermutation(perm)),
  }),
});

const ofConcat: GradConfig = {
  kernelName: Concat,
  saveAllInputs: true,
  gradFunc: (dys, saved, attributes) => {
    const dy = Array.isArray(dys) ? at(dys, 0) : dys;
    const axis = Number(attributes.axis) < 0 ? Number(attributes.axis) + dy.rank : Number(attributes.axis);
    let start = 0;
    return Object.fromEntries(
      saved.map((part, i) => {
        const begin = dy.shape.map((_, d) => (d === axis ? start : 0));
        start += part.shape[axis] ?? 0;
        return [String(i), () => slice(dy, begin, part.shape)];
      }),
    );
  },
};

const ofSlice = gradient<{ begin: number[] }>({
  kernel: Slice,
  inputs: ['x'],
  gradients: (dys, saved, { begin }) => {
    const dy = at(dys, 0);
    const paddings = at(saved, 0).shape.map((length, d): [number, number] => {
      const before = begin[d] ?? 0;
      return [before, length - before - (dy.shape[d] ?? 0)];
    });
    return { x: () => pad(dy, paddings) };
  },
});

const ofPad = gradient<{ paddings: [number, number][] }>({
  kernel: PadV2,
  inputs: ['x'],
  gradients: (dys, saved, { paddings }) => ({
    x: () =>
      slice(
        at(dys, 0),
        paddings.map(([before]) => before),
        at(saved, 0).shape,
      ),
  }),
});

const ofGather = gradient<{ axis: number }>({
  kernel: GatherV2,
  inputs: ['x', 'indices'],
  gradients: (dys, saved, { axis }) => ({ x: () => scatter(at(dys, 0), at(saved, 0), at(saved, 1), axis) }),
});

/** Sums the gradients of gathered entries back into their places along `axis`. */
function scatter(dy: Tensor, x: Tensor, indices: Tensor, axis: number): Tensor {
  const before = x.shape.slice(0, axis);
  const after = x.shape.slice(axis + 1);
  const size = (lengths: readonly number[]): number => lengths.reduce((product, length) => product * length, 1);
  // The gathered axis first, then everything else as columns.
  const grouped = transpose(reshape(dy, [size(before), indices.size, size(after)]), [1, 0, 2]);
  const flatIndices = reshape(indices, [indices.size]) as Parameters<typeof unsortedSegmentSum>[1];
  const summed = unsortedSegmentSum(grouped, flatIndices, x.shape[axis] ?? 0);
  return reshape(transpose(summed, [1, 0, 2]), x.shape);
}

/** Gradients of what only moves values. */
export const layoutGradients: readonly GradConfig[] = [
  ofReshape,
  ofIdentity,
  ofCast,
  ofTranspose,
  ofConcat,
  ofSlice,
  ofPad,
  ofGather,
];

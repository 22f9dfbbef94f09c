import { Concat, PadV2, Slice, slice_util, type TensorInfo, Transpose } from '@tensorflow/tfjs-core';
import type { HostKernel } from '../../backend/host.js';
import { isFloat, orElse } from '../../backend/or-else.js';
import type { Addon } from '../addon.js';
import { nativeKernel } from '../kernel.js';
import { joined, rowMajorStrides } from '../strides.js';

/** An array with its strides along the axes copied, and the corner of a box in it. */
interface Corner {
  readonly values: Float32Array;
  readonly strides: readonly number[];
  readonly start: number;
}

function copy(addon: Addon, lengths: readonly number[], from: Corner, to: Corner): void {
  if (lengths.includes(0)) return;
  const axes = joined(lengths.map((length, i) => ({ length, strides: [from.strides[i] ?? 0, to.strides[i] ?? 0] })));
  const strides = (array: number): number[] => axes.map((axis) => axis.strides[array] ?? 0);
  addon.copyStrided(
    axes.map(({ length }) => length),
    from.values,
    from.start,
    strides(0),
    to.values,
    to.start,
    strides(1),
  );
}

function corner(values: Float32Array, shape: readonly number[], begin: readonly number[]): Corner {
  const strides = rowMajorStrides(shape);
  return { values, strides, start: begin.reduce((start, place, axis) => start + place * (strides[axis] ?? 0), 0) };
}

const origin = (shape: readonly number[]): number[] => shape.map(() => 0);

export const slice: HostKernel = orElse<'x'>(
  Slice,
  ({ x }) => isFloat(x),
  nativeKernel<'x', { begin: number | number[]; size: number | number[] }>(
    Slice,
    ({ inputs, attributes, float, output }, addon) => {
      const [begin = [], size = []] = slice_util.parseSliceParams(inputs.x, attributes.begin, attributes.size);
      const { info, values } = output(size);
      copy(addon, size, corner(float('x'), inputs.x.shape, begin), corner(values, size, origin(size)));
      return info;
    },
  ),
);

export const pad: HostKernel = orElse<'x'>(
  PadV2,
  ({ x }) => isFloat(x),
  nativeKernel<'x', { paddings: [number, number][]; constantValue: number }>(
    PadV2,
    ({ inputs, attributes: { paddings, constantValue }, float, output }, addon) => {
      const { shape } = inputs.x;
      const begin = paddings.map(([before]) => before);
      const whole = shape.map((length, axis) => length + (paddings[axis]?.[0] ?? 0) + (paddings[axis]?.[1] ?? 0));
      const { info, values } = output(whole);
      values.fill(constantValue);
      copy(addon, shape, corner(float('x'), shape, origin(shape)), corner(values, whole, begin));
      return info;
    },
  ),
);

export const concat: HostKernel = orElse<string>(
  Concat,
  (inputs) => Object.values(inputs).every(isFloat),
  nativeKernel<string, { axis: number }>(Concat, ({ inputs, attributes, float, output }, addon) => {
    const parts: [string, TensorInfo][] = Object.entries(inputs);
    const first = parts[0]?.[1].shape ?? [];
    const axis = attributes.axis < 0 ? attributes.axis + first.length : attributes.axis;
    const along = parts.map(([, { shape }]) => shape[axis] ?? 0);
    const whole = first.map((length, i) => (i === axis ? along.reduce((a, b) => a + b, 0) : length));
    const { info, values } = output(whole);
    let begin = 0;
    parts.forEach(([name, { shape }], i) => {
      const place = whole.map((_, d) => (d === axis ? begin : 0));
      copy(addon, shape, corner(float(name), shape, origin(shape)), corner(values, whole, place));
      begin += along[i] ?? 0;
    });
    return info;
  }),
);

export const transpose: HostKernel = orElse<'x'>(
  Transpose,
  ({ x }) => isFloat(x),
  nativeKernel<'x', { perm: number[] }>(Transpose, ({ inputs, attributes: { perm }, float, output }, addon) => {
    const { shape } = inputs.x;
    const strides = rowMajorStrides(shape);
    const { info, values } = output(perm.map((axis) => shape[axis] ?? 1));
    const from = { values: float('x'), strides: perm.map((axis) => strides[axis] ?? 0), start: 0 };
    copy(addon, info.shape, from, corner(values, info.shape, origin(info.shape)));
    return info;
  }),
);

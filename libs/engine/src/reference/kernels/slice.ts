import { Slice, slice_util } from '@tensorflow/tfjs-core';
import { hostKernel } from '../../backend/host.js';
import { copyBox } from '../copy-box.js';

/** The box of `size` at `begin`: by runs, where the kernel of tfjs goes number by number. */
export const slice = hostKernel<'x', { begin: number | number[]; size: number | number[] }>(
  Slice,
  ({ inputs, attributes, float, output }) => {
    const [begin = [], size = []] = slice_util.parseSliceParams(inputs.x, attributes.begin, attributes.size);
    const { info, values } = output(size);
    const origin = size.map(() => 0);
    copyBox({ values: float('x'), shape: inputs.x.shape, begin }, { values, shape: size, begin: origin }, size);
    return info;
  },
);

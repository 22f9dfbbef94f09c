import { PadV2 } from '@tensorflow/tfjs-core';
import { hostKernel } from '../../backend/host.js';
import { copyBox } from '../copy-box.js';

/**
 * The tensor with a constant around it: by runs, where the kernel of tfjs goes number by number.
 */
export const pad = hostKernel<'x', { paddings: [number, number][]; constantValue: number }>(
  PadV2,
  ({ inputs, attributes: { paddings, constantValue }, float, output }) => {
    const { shape } = inputs.x;
    const begin = paddings.map(([before]) => before);
    const whole = shape.map((length, axis) => length + (paddings[axis]?.[0] ?? 0) + (paddings[axis]?.[1] ?? 0));
    const { info, values } = output(whole);
    values.fill(constantValue);
    copyBox({ values: float('x'), shape, begin: shape.map(() => 0) }, { values, shape: whole, begin }, shape);
    return info;
  },
);

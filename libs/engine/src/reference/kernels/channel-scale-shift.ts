import { hostKernel } from '../../backend/host.js';
import { Kernel } from '../../kernels/names.js';
import { rowsAndColumns } from '../../kernels/shape.js';

/** `x [..., c]`, `scale [c]`, `shift [c]` → `x·scale + shift`. */
export const channelScaleShift = hostKernel<'x' | 'scale' | 'shift'>(
  Kernel.channelScaleShift,
  ({ inputs, float, output }) => {
    const [rows, channels] = rowsAndColumns(inputs.x);
    const x = float('x');
    const scale = float('scale');
    const shift = float('shift');
    const { info, values: y } = output(inputs.x.shape);
    for (let r = 0, at = 0; r < rows; r++) {
      for (let c = 0; c < channels; c++, at++) {
        y[at] = (x[at] as number) * (scale[c] as number) + (shift[c] as number);
      }
    }
    return info;
  },
);

import { hostKernel } from '../../backend/host.js';
import { Kernel } from '../../kernels/names.js';
import { rowsAndColumns } from '../../kernels/shape.js';

/** `x [..., c]`, `scale [c]`, `dy [..., c]` → `dx`, `dscale [c]`, `dshift [c]`. */
export const channelScaleShiftGradient = hostKernel<'x' | 'scale' | 'dy'>(
  Kernel.channelScaleShiftGradient,
  ({ inputs, float, output }) => {
    const [rows, channels] = rowsAndColumns(inputs.x);
    const x = float('x');
    const scale = float('scale');
    const dy = float('dy');
    const dx = output(inputs.x.shape);
    const dscale = output([channels]);
    const dshift = output([channels]);
    const scaleSums = new Float64Array(channels);
    const shiftSums = new Float64Array(channels);
    for (let r = 0, at = 0; r < rows; r++) {
      for (let c = 0; c < channels; c++, at++) {
        const gradient = dy[at] as number;
        dx.values[at] = gradient * (scale[c] as number);
        scaleSums[c] = (scaleSums[c] as number) + gradient * (x[at] as number);
        shiftSums[c] = (shiftSums[c] as number) + gradient;
      }
    }
    dscale.values.set(scaleSums);
    dshift.values.set(shiftSums);
    return [dx.info, dscale.info, dshift.info];
  },
);

import { Kernel } from '../../kernels/names.js';
import { nativeKernel } from '../kernel.js';

export const channelScaleShiftGradient = nativeKernel<'x' | 'scale' | 'dy'>(
  Kernel.channelScaleShiftGradient,
  ({ inputs, float, output }, addon) => {
    const [dx, dScale, dShift] = [output(inputs.x.shape), output(inputs.scale.shape), output(inputs.scale.shape)];
    addon.channelScaleShift(float('dy'), float('scale'), null, dx.values);
    addon.channelSums(float('x'), float('dy'), dScale.values, dShift.values);
    return [dx.info, dScale.info, dShift.info];
  },
);

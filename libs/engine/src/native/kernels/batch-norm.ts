import { type BatchNormAttributes, normEpsilon } from '../../kernels/attributes.js';
import { Kernel } from '../../kernels/names.js';
import { nativeKernel } from '../kernel.js';

export const batchNorm = nativeKernel<'x' | 'scale' | 'shift', BatchNormAttributes>(
  Kernel.batchNorm,
  ({ inputs, attributes, float, output }, addon) => {
    const { shape } = inputs.scale;
    const [value, mean, variance] = [output(inputs.x.shape), output(shape), output(shape)];
    const [x, scale, shift] = [float('x'), float('scale'), float('shift')];
    addon.batchNormTrain(
      normEpsilon,
      attributes.activation,
      x,
      scale,
      shift,
      value.values,
      mean.values,
      variance.values,
    );
    return [value.info, mean.info, variance.info];
  },
);

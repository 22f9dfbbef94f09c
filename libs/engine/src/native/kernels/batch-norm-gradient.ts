import { type BatchNormAttributes, normEpsilon } from '../../kernels/attributes.js';
import { Kernel } from '../../kernels/names.js';
import { nativeKernel } from '../kernel.js';

export const batchNormGradient = nativeKernel<
  'x' | 'scale' | 'shift' | 'mean' | 'variance' | 'dy',
  BatchNormAttributes
>(Kernel.batchNormGradient, ({ inputs, attributes, float, output }, addon) => {
  const [dx, dScale, dShift] = [output(inputs.x.shape), output(inputs.scale.shape), output(inputs.scale.shape)];
  addon.batchNormTrainGradient(
    normEpsilon,
    attributes.activation,
    float('x'),
    float('scale'),
    float('shift'),
    float('mean'),
    float('variance'),
    float('dy'),
    dx.values,
    dScale.values,
    dShift.values,
  );
  return [dx.info, dScale.info, dShift.info];
});

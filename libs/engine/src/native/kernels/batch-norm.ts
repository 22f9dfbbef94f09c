import { normEpsilon } from '../../kernels/attributes.js';
import { Kernel } from '../../kernels/names.js';
import { rowsAndColumns } from '../../kernels/shape.js';
import { nativeKernel } from '../kernel.js';

export const batchNorm = nativeKernel<'x'>(Kernel.batchNorm, ({ inputs, float, output }, addon) => {
  const [, channels] = rowsAndColumns(inputs.x);
  const [value, mean, variance] = [output(inputs.x.shape), output([channels]), output([channels])];
  addon.batchNormTrain(channels, normEpsilon, float('x'), null, null, value.values, mean.values, variance.values);
  return [value.info, mean.info, variance.info];
});

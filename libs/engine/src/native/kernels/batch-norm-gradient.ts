import { normEpsilon } from '../../kernels/attributes.js';
import { Kernel } from '../../kernels/names.js';
import { rowsAndColumns } from '../../kernels/shape.js';
import { nativeKernel } from '../kernel.js';

export const batchNormGradient = nativeKernel<'x' | 'mean' | 'variance' | 'dy'>(
  Kernel.batchNormGradient,
  ({ inputs, float, output }, addon) => {
    const [, channels] = rowsAndColumns(inputs.x);
    const { info, values } = output(inputs.x.shape);
    const [x, mean, variance, dy] = [float('x'), float('mean'), float('variance'), float('dy')];
    addon.batchNormTrainGradient(channels, normEpsilon, x, null, mean, variance, dy, values, null, null);
    return info;
  },
);

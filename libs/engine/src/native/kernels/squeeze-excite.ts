import { Kernel } from '../../kernels/names.js';
import { shape4 } from '../../kernels/shape.js';
import { nativeKernel } from '../kernel.js';

export const squeezeExcite = nativeKernel<'x' | 'reduce' | 'reduceBias' | 'expand' | 'expandBias'>(
  Kernel.squeezeExcite,
  ({ inputs, float, output }, addon) => {
    const [batch, , , channels] = shape4(inputs.x);
    const [squeeze = 0] = inputs.reduceBias.shape;
    const [y, mean] = [output(inputs.x.shape), output([batch, channels])];
    const [squeezed, factor] = [output([batch, squeeze]), output([batch, channels])];
    addon.squeezeExcite(
      batch,
      float('x'),
      float('reduce'),
      float('reduceBias'),
      float('expand'),
      float('expandBias'),
      y.values,
      mean.values,
      squeezed.values,
      factor.values,
    );
    return [y.info, mean.info, squeezed.info, factor.info];
  },
);

import type { PoolAttributes } from '../../kernels/attributes.js';
import { Kernel } from '../../kernels/names.js';
import { shape4 } from '../../kernels/shape.js';
import { nativeKernel } from '../kernel.js';
import { poolGeometry } from '../pool-geometry.js';

export const poolGradient = nativeKernel<'x' | 'dy', PoolAttributes>(
  Kernel.poolGradient,
  ({ inputs, attributes, float, output }, addon) => {
    const g = poolGeometry(shape4(inputs.x), attributes);
    const { info, values } = output(inputs.x.shape);
    if (attributes.pool === 'max') addon.maxPoolGradient(g, float('x'), float('dy'), values);
    else addon.averagePoolGradient(g, float('dy'), values);
    return info;
  },
);

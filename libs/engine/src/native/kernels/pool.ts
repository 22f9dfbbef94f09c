import type { PoolAttributes } from '../../kernels/attributes.js';
import { Kernel } from '../../kernels/names.js';
import { shape4 } from '../../kernels/shape.js';
import { nativeKernel } from '../kernel.js';
import { poolGeometry } from '../pool-geometry.js';

export const pool = nativeKernel<'x', PoolAttributes>(Kernel.pool, ({ inputs, attributes, float, output }, addon) => {
  const g = poolGeometry(shape4(inputs.x), attributes);
  const { info, values } = output([g.batch, g.outHeight, g.outWidth, g.outChannels]);
  if (attributes.pool === 'max') addon.maxPool(g, float('x'), values);
  else addon.averagePool(g, float('x'), values);
  return info;
});

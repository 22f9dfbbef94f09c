import type { SqueezeExciteGradientAttributes } from '../../kernels/attributes.js';
import { Kernel, type SqueezeExciteGradientInput } from '../../kernels/names.js';
import { nativeKernel } from '../kernel.js';

export const squeezeExciteGradient = nativeKernel<SqueezeExciteGradientInput, SqueezeExciteGradientAttributes>(
  Kernel.squeezeExciteGradient,
  ({ inputs, attributes, float, output }, addon) => {
    const { x, reduce, reduceBias, expand, expandBias } = inputs;
    const dx = output(x.shape);
    const layers = attributes.layers
      ? [reduce, reduceBias, expand, expandBias].map(({ shape }) => output(shape))
      : null;
    addon.squeezeExciteGradient(
      x.shape[0] ?? 0,
      float('x'),
      float('reduce'),
      float('reduceBias'),
      float('expand'),
      float('expandBias'),
      float('mean'),
      float('squeezed'),
      float('factor'),
      float('dy'),
      dx.values,
      layers?.map(({ values }) => values) ?? null,
    );
    return [dx.info, ...(layers ?? []).map(({ info }) => info)];
  },
);

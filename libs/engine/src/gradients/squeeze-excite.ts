import type { SqueezeExciteGradientAttributes } from '../kernels/attributes.js';
import { Kernel } from '../kernels/names.js';
import { runKernelOutputs } from '../kernels/run.js';
import { wantedInputs } from '../tape/wanted.js';
import type { Tensor } from '../tensor/tensor.js';
import { at, gradient } from './gradient.js';
import { sharedOutputs } from './shared-outputs.js';

const layers = ['reduce', 'reduceBias', 'expand', 'expandBias'] as const;

/** One call gives the gradients of `x` and, where any is wanted, of both layers. */
export const squeezeExciteGradient = gradient({
  kernel: Kernel.squeezeExcite,
  inputs: ['x', ...layers],
  outputs: [false, true, true, true],
  gradients: (dys, saved): Record<string, () => Tensor> => {
    const wanted = wantedInputs();
    const attributes: SqueezeExciteGradientAttributes = {
      layers: wanted === null || layers.some((name) => wanted.has(name)),
    };
    const names = ['x', ...layers, 'mean', 'squeezed', 'factor'];
    const inputs = Object.fromEntries(names.map((name, i) => [name, at(saved, i)]));
    return sharedOutputs(['x', ...layers], () =>
      runKernelOutputs(Kernel.squeezeExciteGradient, { ...inputs, dy: at(dys, 0) }, attributes),
    );
  },
});

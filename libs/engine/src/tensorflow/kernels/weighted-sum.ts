import { addN, mul, reshape } from '@tensorflow/tfjs-core';
import { halves } from '../../kernels/halves.js';
import { Kernel } from '../../kernels/names.js';
import type { Tensor } from '../../tensor/tensor.js';
import { composedKernel } from '../composed.js';

export const weightedSum = composedKernel<string>(Kernel.weightedSum, (inputs) => {
  const { terms, factors } = halves(inputs);
  const products = terms.map((name, i) => {
    const [x, factor] = [inputs[name] as Tensor, inputs[factors[i] ?? ''] as Tensor];
    return mul(x, reshape(factor, [factor.size, ...x.shape.slice(1).map(() => 1)]));
  });
  return addN(products);
});

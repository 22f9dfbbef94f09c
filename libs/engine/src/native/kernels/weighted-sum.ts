import { halves } from '../../kernels/halves.js';
import { Kernel } from '../../kernels/names.js';
import { nativeKernel } from '../kernel.js';

export const weightedSum = nativeKernel<string>(Kernel.weightedSum, ({ inputs, float, output }, addon) => {
  const { terms, factors } = halves(inputs);
  const shape = inputs[terms[0] ?? '']?.shape ?? [];
  const { info, values } = output(shape);
  addon.weightedSum(terms.map(float), factors.map(float), shape[0] ?? 1, values);
  return info;
});

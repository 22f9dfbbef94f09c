import { hostKernel } from '../../backend/host.js';
import { halves } from '../../kernels/halves.js';
import { Kernel } from '../../kernels/names.js';

/**
 * `x₀ … xₙ [batch, ...]`, then a coefficient `[1]` or `[batch]` for each → the sum of their
 * products.
 */
export const weightedSum = hostKernel<string>(Kernel.weightedSum, ({ inputs, float, output }) => {
  const { terms, factors } = halves(inputs);
  const { info, values } = output(inputs[terms[0] ?? '']?.shape ?? []);
  values.fill(0);
  terms.forEach((name, term) => {
    const x = float(name);
    const factor = float(factors[term] ?? '');
    const perImage = x.length / factor.length;
    for (let n = 0; n < factor.length; n++) {
      for (let at = n * perImage, end = at + perImage; at < end; at++) {
        values[at] = (values[at] as number) + (factor[n] as number) * (x[at] as number);
      }
    }
  });
  return info;
});

import { hostKernel } from '../../backend/host.js';
import { Kernel } from '../../kernels/names.js';

/** `x [n, ...]`, `coefficient [n]` or `[1]` → every image times its coefficient. */
export const imageScale = hostKernel<'x' | 'coefficient'>(Kernel.imageScale, ({ inputs, float, output }) => {
  const x = float('x');
  const coefficients = float('coefficient');
  const { info, values: y } = output(inputs.x.shape);
  const perImage = x.length / coefficients.length;
  coefficients.forEach((coefficient, n) => {
    for (let at = n * perImage, end = at + perImage; at < end; at++) y[at] = (x[at] as number) * coefficient;
  });
  return info;
});

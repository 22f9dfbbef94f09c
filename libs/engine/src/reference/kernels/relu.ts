import { hostKernel } from '../../backend/host.js';
import { Kernel } from '../../kernels/names.js';

/** `max(x, 0)`; NaN stays NaN. */
export const relu = hostKernel<'x'>(Kernel.relu, ({ inputs, float, output }) => {
  const x = float('x');
  const { info, values: y } = output(inputs.x.shape);
  for (let at = 0; at < y.length; at++) y[at] = Math.max(x[at] as number, 0);
  return info;
});

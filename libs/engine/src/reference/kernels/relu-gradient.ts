import { hostKernel } from '../../backend/host.js';
import { Kernel } from '../../kernels/names.js';

/** `dy` where `x` is positive, else 0. */
export const reluGradient = hostKernel<'x' | 'dy'>(Kernel.reluGradient, ({ inputs, float, output }) => {
  const x = float('x');
  const dy = float('dy');
  const { info, values: dx } = output(inputs.x.shape);
  for (let at = 0; at < dx.length; at++) dx[at] = (x[at] as number) > 0 ? (dy[at] as number) : 0;
  return info;
});

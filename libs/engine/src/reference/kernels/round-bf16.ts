import { hostKernel } from '../../backend/host.js';
import { Kernel } from '../../kernels/names.js';
import { roundToBf16 } from '../../kernels/round-bf16.js';

export const roundBf16 = hostKernel<'x'>(Kernel.roundBf16, ({ inputs, float, output }) => {
  const { info, values } = output(inputs.x.shape);
  roundToBf16(float('x'), values);
  return info;
});

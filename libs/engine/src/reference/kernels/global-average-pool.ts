import { hostKernel } from '../../backend/host.js';
import { Kernel } from '../../kernels/names.js';
import { shape4 } from '../../kernels/shape.js';

/** `x [n, h, w, c]` → mean over height and width `[n, c]`. */
export const globalAveragePool = hostKernel<'x'>(Kernel.globalAveragePool, ({ inputs, float, output }) => {
  const [batch, height, width, channels] = shape4(inputs.x);
  const x = float('x');
  const { info, values: y } = output([batch, channels]);
  const sums = new Float64Array(channels);
  let at = 0;
  for (let n = 0; n < batch; n++) {
    sums.fill(0);
    for (let pixel = 0; pixel < height * width; pixel++) {
      for (let c = 0; c < channels; c++, at++) sums[c] = (sums[c] as number) + (x[at] as number);
    }
    for (let c = 0; c < channels; c++) y[n * channels + c] = (sums[c] as number) / (height * width);
  }
  return info;
});

import { hostKernel } from '../../backend/host.js';
import { Kernel } from '../../kernels/names.js';
import { rowsAndColumns } from '../../kernels/shape.js';

/** `dy [n, c]` → `dx [n, h, w, c]`, every pixel the same share. */
export const globalAveragePoolGradient = hostKernel<'dy', { height: number; width: number }>(
  Kernel.globalAveragePoolGradient,
  ({ inputs, attributes: { height, width }, float, output }) => {
    const [batch, channels] = rowsAndColumns(inputs.dy);
    const dy = float('dy');
    const { info, values: dx } = output([batch, height, width, channels]);
    let at = 0;
    for (let n = 0; n < batch; n++) {
      for (let pixel = 0; pixel < height * width; pixel++) {
        for (let c = 0; c < channels; c++) dx[at++] = (dy[n * channels + c] as number) / (height * width);
      }
    }
    return info;
  },
);

import { hostKernel } from '../../backend/host.js';
import { Kernel } from '../../kernels/names.js';
import { rowsAndColumns } from '../../kernels/shape.js';

/** `dx = dy·p − (Σ dy·p)·p` over the last axis. */
export const softmaxGradient = hostKernel<'p' | 'dy'>(Kernel.softmaxGradient, ({ inputs, float, output }) => {
  const [rows, columns] = rowsAndColumns(inputs.p);
  const [p, dy] = [float('p'), float('dy')];
  const { info, values } = output(inputs.p.shape);
  for (let r = 0; r < rows; r++) {
    let sum = 0;
    for (let at = r * columns; at < (r + 1) * columns; at++) {
      values[at] = (dy[at] as number) * (p[at] as number);
      sum += values[at] as number;
    }
    const rounded = Math.fround(sum);
    for (let at = r * columns; at < (r + 1) * columns; at++) {
      values[at] = (values[at] as number) - Math.fround(rounded * (p[at] as number));
    }
  }
  return info;
});

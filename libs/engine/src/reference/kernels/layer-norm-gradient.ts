import { hostKernel } from '../../backend/host.js';
import { Kernel } from '../../kernels/names.js';
import { rowsAndColumns } from '../../kernels/shape.js';

/**
 * From the results of the forward kernel: `dx = deviation·(dy − mean(dy) − y·mean(dy·y))` per row.
 */
export const layerNormGradient = hostKernel<'y' | 'deviation' | 'dy'>(
  Kernel.layerNormGradient,
  ({ inputs, float, output }) => {
    const [rows, columns] = rowsAndColumns(inputs.y);
    const [y, deviation, dy] = [float('y'), float('deviation'), float('dy')];
    const { info, values } = output(inputs.y.shape);
    for (let r = 0; r < rows; r++) {
      let [plain, product] = [0, 0];
      for (let at = r * columns; at < (r + 1) * columns; at++) {
        plain += dy[at] as number;
        product += (dy[at] as number) * (y[at] as number);
      }
      for (let at = r * columns; at < (r + 1) * columns; at++) {
        const centred = (dy[at] as number) - plain / columns - ((y[at] as number) * product) / columns;
        values[at] = (deviation[r] as number) * centred;
      }
    }
    return info;
  },
);

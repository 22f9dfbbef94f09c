import { invalidArgument } from '../errors.js';
import { customGradient } from '../ops/custom-gradient.js';
import { tensor } from '../tensor/create.js';
import { read } from '../tensor/read.js';
import type { Tensor } from '../tensor/tensor.js';
import { gammaSampleGradient } from './gamma-gradient.js';
import type { RandomStream } from './stream.js';

/**
 * Rows of weights from Dirichlet distributions, reparameterised: the gradient reaches the
 * concentrations through the gamma samples that are normalised.
 * @param alpha concentrations `[n, k]`, above 0
 * @returns `[n, k]`, every row summing to 1
 */
export function dirichlet(alpha: Tensor, stream: RandomStream): Tensor {
  const [rows, columns] = alpha.shape;
  if (alpha.rank !== 2 || rows === undefined || columns === undefined) {
    invalidArgument('alpha', `expected [n, k], found [${alpha.shape.join(', ')}]`);
  }
  const sampled = customGradient(([concentration], save) => {
    const shapes = Float64Array.from(read(concentration as Tensor));
    const samples = stream.gamma(shapes);
    const weights = stream.dirichlet(shapes, columns);
    const value = tensor(Float32Array.from(weights), [rows, columns]);
    save([]);
    return {
      value,
      gradients: (dy) => {
        const gradient = read(dy);
        const result = new Float32Array(rows * columns);
        for (let row = 0; row < rows * columns; row += columns) {
          let mean = 0;
          let total = 0;
          for (let k = row; k < row + columns; k++) {
            mean += (gradient[k] as number) * (weights[k] as number);
            total += samples[k] as number;
          }
          for (let k = row; k < row + columns; k++) {
            const slope = gammaSampleGradient(shapes[k] as number, samples[k] as number);
            // Where every sample of a row underflows, no small change of a concentration moves the
            // weights by this path.
            result[k] = total > 0 ? (((gradient[k] as number) - mean) / total) * slope : 0;
          }
        }
        return [tensor(result, [rows, columns])];
      },
    };
  });
  return sampled(alpha);
}

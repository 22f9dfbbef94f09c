import { invalidArgument } from '../errors.js';
import { customGradient } from '../ops/custom-gradient.js';
import { tensor } from '../tensor/create.js';
import { read } from '../tensor/read.js';
import type { Tensor } from '../tensor/tensor.js';
import { dirichletSampleGradient } from './beta-gradient.js';
import { gammaSampleGradient } from './gamma-gradient.js';
import type { RandomStream } from './stream.js';

/**
 * The path along which a sample moves with its concentrations: `gamma` moves the gamma samples that
 * are normalised, `beta` each weight along the quantiles of its own marginal, as PyTorch does. Both
 * give unbiased gradients; those of `beta` vary less at small concentrations, and do not vanish
 * where gamma samples underflow.
 */
export type DirichletPath = 'gamma' | 'beta';

/**
 * Rows of weights from Dirichlet distributions, reparameterised: the gradient reaches the
 * concentrations.
 * @param alpha concentrations `[n, k]`, above 0
 * @param path of the gradient; the weights are the same. Default `gamma`
 * @returns `[n, k]`, every row summing to 1
 */
export function dirichlet(alpha: Tensor, stream: RandomStream, path: DirichletPath = 'gamma'): Tensor {
  const [rows, columns] = alpha.shape;
  if (alpha.rank !== 2 || rows === undefined || columns === undefined) {
    invalidArgument('alpha', `expected [n, k], found [${alpha.shape.join(', ')}]`);
  }
  const sampled = customGradient(([concentration], save) => {
    const shapes = Float64Array.from(read(concentration as Tensor));
    const weights = stream.dirichlet(shapes, columns);
    const along = path === 'gamma' ? alongGamma(shapes, stream.gamma(shapes)) : alongBeta(shapes, weights);
    const value = tensor(Float32Array.from(weights), [rows, columns]);
    save([]);
    return {
      value,
      gradients: (dy) => {
        const gradient = read(dy);
        const result = new Float32Array(rows * columns);
        for (let start = 0; start < rows * columns; start += columns) {
          const row = { start, end: start + columns };
          let mean = 0;
          for (let k = row.start; k < row.end; k++) mean += (gradient[k] as number) * (weights[k] as number);
          const slope = along(row);
          for (let k = row.start; k < row.end; k++) result[k] = slope((gradient[k] as number) - mean, k);
        }
        return [tensor(result, [rows, columns])];
      },
    };
  });
  return sampled(alpha);
}

/** Elements from `start` to before `end`. */
interface Row {
  readonly start: number;
  readonly end: number;
}

/**
 * The gradient in a concentration of a row, given by how much more its weight's gradient is than
 * the mean of the row's, weighted by the weights.
 */
type Along = (row: Row) => (difference: number, element: number) => number;

function alongGamma(shapes: Float64Array, samples: Float64Array): Along {
  return (row) => {
    const total = sumOf(samples, row);
    // Where every sample of a row underflows, no small change of a concentration moves the weights
    // by this path.
    if (total === 0) return () => 0;
    return (difference, k) => (difference / total) * gammaSampleGradient(shapes[k] as number, samples[k] as number);
  };
}

function alongBeta(shapes: Float64Array, weights: Float64Array): Along {
  return (row) => (difference, k) => {
    const others = { weight: weights[k] as number, rest: sumOf(weights, row, k) };
    return difference * dirichletSampleGradient(shapes[k] as number, sumOf(shapes, row, k), others);
  };
}

function sumOf(values: Float64Array, { start, end }: Row, without = -1): number {
  let sum = 0;
  for (let k = start; k < end; k++) if (k !== without) sum += values[k] as number;
  return sum;
}

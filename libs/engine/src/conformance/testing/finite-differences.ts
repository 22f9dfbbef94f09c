import { mul } from '../../ops/elementwise.js';
import { sum } from '../../ops/reduce.js';
import { randomStream } from '../../random/stream.js';
import { tensor } from '../../tensor/create.js';
import { tidy } from '../../tensor/memory.js';
import { read } from '../../tensor/read.js';
import type { Tensor } from '../../tensor/tensor.js';
import { valueAndGradients } from '../../variables/gradients.js';
import { variable } from '../../variables/variable.js';

export interface Comparison {
  readonly analytic: number;
  readonly numeric: number;
  /** Scale against which the difference counts. */
  readonly scale: number;
}

/**
 * Compares, for every input, the slope of `Σ r·f(x)` (r random) along a random direction: by the
 * tape, and by a central difference whose sums run in double precision.
 */
export function compareSlopes(
  f: (inputs: readonly Tensor[]) => Tensor,
  inputs: readonly { readonly values: Float32Array; readonly shape: readonly number[] }[],
  step: number,
): Comparison[] {
  const variables = inputs.map(({ values, shape }, i) => variable(values, shape, `x${i}`));
  const current = (): Tensor[] => variables.map(({ value }) => value);
  const at = (index: number, values: Float32Array): Float64Array =>
    tidy(() => {
      const replaced = current().map((t, i) => (i === index ? tensor(values, t.shape) : t));
      return Float64Array.from(read(f(replaced)));
    });
  const weights = tidy(() => {
    const y = f(current());
    return randomStream(5, 'weights').normal(y.size);
  });
  const { gradients } = valueAndGradients(() => {
    const y = f(current());
    return sum(mul(y, tensor(weights, y.shape)));
  }, variables);
  const result = inputs.map(({ values }, i) => {
    const direction = randomStream(6, 'direction', i).normal(values.length);
    const forward = at(
      i,
      values.map((x, k) => x + step * (direction[k] as number)),
    );
    const backward = at(
      i,
      values.map((x, k) => x - step * (direction[k] as number)),
    );
    let numeric = 0;
    forward.forEach((y, k) => {
      numeric += ((weights[k] as number) * (y - (backward[k] as number))) / (2 * step);
    });
    const gradient = read(gradients[i] as Tensor);
    let analytic = 0;
    let scale = 0;
    gradient.forEach((g, k) => {
      analytic += g * (direction[k] as number);
      scale += (g * (direction[k] as number)) ** 2;
    });
    return { analytic, numeric, scale: Math.sqrt(scale) + 1e-3 };
  });
  for (const gradient of gradients) gradient.dispose();
  for (const v of variables) v.dispose();
  return result;
}

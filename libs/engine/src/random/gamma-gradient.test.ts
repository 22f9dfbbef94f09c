import { describe, expect, it } from 'vitest';
import '../register.js';
import { mul } from '../ops/elementwise.js';
import { sum } from '../ops/reduce.js';
import { tensor } from '../tensor/create.js';
import { tidy } from '../tensor/memory.js';
import { read } from '../tensor/read.js';
import type { Tensor } from '../tensor/tensor.js';
import { valueAndGradients } from '../variables/gradients.js';
import { variable } from '../variables/variable.js';
import { digamma } from './digamma.js';
import { dirichlet } from './dirichlet.js';
import { gammaSampleGradient } from './gamma-gradient.js';
import { randomStream } from './stream.js';

/** ln Γ by Stirling's series after shifting up. */
function logGamma(x: number): number {
  let shifted = x;
  let sum = 0;
  while (shifted < 15) sum -= Math.log(shifted++);
  const inverse = 1 / shifted;
  const series = inverse / 12 - inverse ** 3 / 360 + inverse ** 5 / 1260 - inverse ** 7 / 1680;
  return sum + (shifted - 0.5) * Math.log(shifted) - shifted + 0.5 * Math.log(2 * Math.PI) + series;
}

/** P(a, x) by its power series, which holds everywhere for moderate x. */
function lowerGamma(a: number, x: number): number {
  let term = Math.exp(a * Math.log(x) - x - logGamma(a + 1));
  let total = 0;
  for (let n = 1; term > 1e-18 * total || n < x; n++) {
    total += term;
    term *= x / (a + n);
  }
  return total;
}

/** The x with P(a, x) = p, by bisection. */
function quantile(a: number, p: number, around: number): number {
  let [low, high] = [around * 0.5, around * 1.5];
  for (let i = 0; i < 200; i++) {
    const middle = (low + high) / 2;
    if (lowerGamma(a, middle) < p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

const points = [0.1, 0.37, 0.99, 1, 1.5, 2.7, 8, 30].flatMap((a) =>
  [0.05, 0.3, 0.8, 1, 1.3, 2].map((factor): [number, number] => [a, a * factor]),
);

describe('the gradient of a gamma sample in its shape', () => {
  it.each(points)('is the slope of the quantile function at shape %d, sample %d', (a, x) => {
    const p = lowerGamma(a, x);
    const step = 1e-4 * a;
    const slope = (quantile(a + step, p, x) - quantile(a - step, p, x)) / (2 * step);
    expect(Math.abs(gammaSampleGradient(a, x) / slope - 1)).toBeLessThan(1e-5);
  });

  it('joins smoothly where the series hands over to the continued fraction', () => {
    for (const a of [0.2, 1, 3, 50, 1000]) {
      const [below, above] = [gammaSampleGradient(a, a + 1), gammaSampleGradient(a, (a + 1) * (1 + 1e-12))];
      expect(Math.abs(below / above - 1)).toBeLessThan(1e-9);
    }
  });

  it('is that of the exponential distribution’s neighbours far out in the tail', () => {
    // For x → ∞, dx/da → ln x − ψ(a) to leading order.
    expect(gammaSampleGradient(1, 200)).toBeCloseTo(Math.log(200) - digamma(1), 1);
    expect(gammaSampleGradient(2, 0)).toBe(0);
  });

  it('rests on the digamma function', () => {
    expect(digamma(1)).toBeCloseTo(-0.5772156649015329, 13);
    expect(digamma(0.5)).toBeCloseTo(-1.9635100260214235, 13);
    expect(digamma(10)).toBeCloseTo(2.251752589066721, 13);
  });
});

describe('Dirichlet weights', () => {
  it('carry the gradient that moving the gamma samples along their quantiles gives', () => {
    const alpha = [0.4, 1, 2, 1.3, 0.9, 3];
    const stream = randomStream(2, 'weights');
    const slopes = [0.3, -1, 0.5, 2, 0.1, -0.7];
    const samples = stream.gamma(Float64Array.from(alpha));
    const loss = (g: Float64Array): number =>
      [0, 3].reduce((total, row) => {
        const part = [...g.slice(row, row + 3)];
        const whole = part.reduce((a, b) => a + b, 0);
        return total + part.reduce((a, b, k) => a + (b / whole) * (slopes[row + k] ?? 0), 0);
      }, 0);
    const expected = alpha.map((a, i) => {
      const p = lowerGamma(a, samples[i] ?? 0);
      const moved = (shift: number): Float64Array => samples.map((x, k) => (k === i ? quantile(a + shift, p, x) : x));
      return (loss(moved(1e-4)) - loss(moved(-1e-4))) / 2e-4;
    });
    const concentration = variable(Float32Array.from(alpha), [2, 3], 'alpha');
    const found = tidy(() => {
      const { gradients } = valueAndGradients(
        () => sum(mul(dirichlet(concentration.value, stream), tensor(slopes, [2, 3]))),
        [concentration],
      );
      return read(gradients[0] as Tensor);
    });
    expected.forEach((slope, i) => {
      expect(found[i]).toBeCloseTo(slope, 4);
    });
    concentration.dispose();
  });
});

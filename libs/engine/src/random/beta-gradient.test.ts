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
import { dirichletSampleGradient } from './beta-gradient.js';
import { type DirichletPath, dirichlet } from './dirichlet.js';
import { randomStream } from './stream.js';

/** B(x; a, b) by Gauss' rule of three points; below a = 1 over t = x^a, which is smooth at 0. */
function incompleteBeta(a: number, b: number, x: number): number {
  const density = (t: number): number =>
    a < 1 ? (1 - t ** (1 / a)) ** (b - 1) / a : t ** (a - 1) * (1 - t) ** (b - 1);
  const integral = (low: number, high: number): number => {
    const steps = 4000;
    const width = (high - low) / steps;
    let total = 0;
    for (let i = 0; i < steps; i++) {
      const middle = low + (i + 0.5) * width;
      const offset = (width / 2) * Math.sqrt(3 / 5);
      total += (width / 18) * (5 * density(middle - offset) + 8 * density(middle) + 5 * density(middle + offset));
    }
    return total;
  };
  return integral(0, a < 1 ? x ** a : x);
}

/** The whole beta function, by the same rule on both halves. */
const beta = (a: number, b: number): number => incompleteBeta(a, b, 0.5) + incompleteBeta(b, a, 0.5);

const points = [
  [0.4, 1.3],
  [1, 1],
  [1, 7],
  [1.5, 3],
  [2.5, 0.8],
  [6, 20],
].flatMap(([a = 1, b = 1]) => [0.02, 0.2, 0.4].map((x): [number, number, number] => [a, b, x]));

/** x, a, a + b and `torch._dirichlet_grad` of them, printed by PyTorch 2.15 in double precision. */
const RECORDED: readonly (readonly [number, number, number, number])[] = [
  [0.01, 0.01, 0.08, 17.0014520251],
  [0.3, 0.01, 0.08, 409.600419174],
  [0.9, 0.01, 0.08, 1135.19162425],
  [0.05, 0.1, 0.8, 1.82914574733],
  [0.999, 0.1, 0.8, 13.5047508009],
  [0.1, 1, 8, 0.135718655692],
  [0.5, 1, 8, 0.287575037778],
  [0.97, 1, 8, 0.366607244442],
  [0.2, 2.5, 9, 0.103691349446],
  [0.6, 2.5, 9, 0.178150916987],
  [0.13, 10, 80, 0.0130149399947],
  [0.3, 100, 400, 0.0027418185089],
];

describe('the gradient of a Dirichlet weight in its concentration', () => {
  it.each(points)('is the slope of the quantile of its marginal at Beta(%d, %d), weight %d', (a, b, x) => {
    const step = 1e-4;
    const cdf = (at: number) => incompleteBeta(at, b, x) / beta(at, b);
    const slope = (cdf(a + step) - cdf(a - step)) / (2 * step);
    const density = (x ** (a - 1) * (1 - x) ** (b - 1)) / beta(a, b);
    const found = dirichletSampleGradient(a, b, { weight: x, rest: 1 - x }) * (1 - x);
    expect(Math.abs(found / (-slope / density) - 1)).toBeLessThan(1e-4);
  });

  it('is the same from both sides of where the series hand over', () => {
    for (const [a, b] of [
      [0.01, 0.07],
      [0.5, 2],
      [3, 3],
      [200, 900],
    ] as const) {
      const x = (a + 1) / (a + b + 2);
      const at = (weight: number) => dirichletSampleGradient(a, b, { weight, rest: 1 - weight });
      expect(Math.abs(at(x) / at(x * (1 + 1e-12)) - 1)).toBeLessThan(1e-8);
    }
  });

  // PyTorch takes rational approximations, which are good to three digits or so.
  it.each(RECORDED)('agrees with PyTorch at weight %d, concentration %d of %d', (x, a, total, wanted) => {
    const found = dirichletSampleGradient(a, total - a, { weight: x, rest: 1 - x });
    expect(Math.abs(found / wanted - 1)).toBeLessThan(2e-3);
  });
});

/** Mean and variance over draws of the gradient of Σ cᵢxᵢ in the concentrations. */
function gradientsOf(alpha: readonly number[], slopes: readonly number[], path: DirichletPath, draws: number) {
  const k = alpha.length;
  const rows = Float32Array.from({ length: draws * k }, (_, i) => alpha[i % k] ?? 0);
  const cost = Float32Array.from({ length: draws * k }, (_, i) => slopes[i % k] ?? 0);
  const concentration = variable(rows, [draws, k], 'alpha');
  const found = tidy(() => {
    const { gradients } = valueAndGradients(
      () => sum(mul(dirichlet(concentration.value, randomStream(5, path), path), tensor(cost, [draws, k]))),
      [concentration],
    );
    return [...read(gradients[0] as Tensor)];
  });
  concentration.dispose();
  return alpha.map((_, column) => {
    const own = found.filter((__, index) => index % k === column);
    const mean = own.reduce((a, b) => a + b, 0) / draws;
    return {
      mean,
      variance: own.reduce((a, b) => a + (b - mean) ** 2, 0) / draws,
      zeros: own.filter((each) => each === 0).length / draws,
    };
  });
}

describe.each(['gamma', 'beta'] as const)('Dirichlet weights along %s', (path) => {
  it.each([[[1, 1, 1, 1]], [[0.4, 2, 0.9, 1.3]], [[0.1, 0.1, 0.1, 0.1]]])(
    'have an unbiased gradient at concentrations %j',
    (alpha) => {
      const slopes = [0.3, -1, 0.5, 2];
      const draws = 4000;
      const total = alpha.reduce((a, b) => a + b, 0);
      const expected = alpha.reduce((sum, a, i) => sum + (a / total) * (slopes[i] ?? 0), 0);
      gradientsOf(alpha, slopes, path, draws).forEach(({ mean, variance }, i) => {
        // d/da of Σ c·a / Σ a; four standard errors.
        const wanted = ((slopes[i] ?? 0) - expected) / total;
        expect(Math.abs(mean - wanted)).toBeLessThan(4 * Math.sqrt(variance / draws));
      });
    },
  );
});

it('along beta varies less at small concentrations, and does not vanish where gamma samples underflow', () => {
  const slopes = [0.3, -1, 0.5, 2];
  const small = [0.01, 0.01, 0.01, 0.01];
  const spread = (path: DirichletPath) =>
    gradientsOf(small, slopes, path, 4000).reduce((sum, { variance }) => sum + variance, 0);
  const zeros = (path: DirichletPath) => Math.max(...gradientsOf(small, slopes, path, 4000).map((each) => each.zeros));
  expect(spread('beta')).toBeLessThan(spread('gamma'));
  expect(zeros('beta')).toBeLessThan(zeros('gamma'));
});

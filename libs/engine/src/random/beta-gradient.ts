import { digamma } from './digamma.js';

const tolerance = 1e-16;
const mostTerms = 100_000;

/** One weight of a Dirichlet sample, and what is left for the others. */
export interface BetaSample {
  readonly weight: number;
  /** 1 − weight, without the rounding of that difference. */
  readonly rest: number;
}

/**
 * How a weight x of a Dirichlet sample moves with its own concentration a, the quantile of its
 * marginal Beta(a, b) held fixed (implicit reparameterisation, Figurnov et al. 2018, section 3),
 * over 1 − x: −(∂I_x(a, b)/∂a) / (p(x; a, b)·(1 − x)). The other weights shrink in proportion:
 * together ∂xᵢ/∂a = (δ − xᵢ) times this. Both ways below sum terms of one sign.
 *
 * @param a concentration of the weight, above 0
 * @param b sum of the other concentrations, above 0
 */
export function dirichletSampleGradient(a: number, b: number, { weight: x, rest: y }: BetaSample): number {
  if (x === 0 || y === 0) return 0;
  return x <= (a + 1) / (a + b + 2) ? -fromBelow(a, b, x) : fromAbove(a, b, x, y);
}

/**
 * From I_x = x^a y^b / (a B(a, b)) · Σ (a+b)ₙ/(a+1)ₙ xⁿ (DLMF 8.17.8), differentiated term by term.
 */
function fromBelow(a: number, b: number, x: number): number {
  const constant = Math.log(x);
  let above = digamma(a + b);
  let below = digamma(a + 1);
  let term = x / a;
  let sum = term * (constant + above - below);
  for (let n = 0; n < mostTerms; n++) {
    term *= (x * (a + b + n)) / (a + 1 + n);
    above += 1 / (a + b + n);
    below += 1 / (a + 1 + n);
    const next = term * (constant + above - below);
    sum += next;
    if (Math.abs(next) < tolerance * Math.abs(sum) && x * (a + b + n) < a + 1 + n) break;
  }
  return sum;
}

/** From the same series of I_y(b, a) = 1 − I_x(a, b). */
function fromAbove(a: number, b: number, x: number, y: number): number {
  const constant = (y < 0.5 ? Math.log1p(-y) : Math.log(x)) - digamma(a);
  let above = digamma(a + b);
  let term = x / b;
  let sum = term * (constant + above);
  for (let n = 0; n < mostTerms; n++) {
    term *= (y * (a + b + n)) / (b + 1 + n);
    above += 1 / (a + b + n);
    const next = term * (constant + above);
    sum += next;
    if (Math.abs(next) < tolerance * Math.abs(sum) && y * (a + b + n) < b + 1 + n) break;
  }
  return sum;
}

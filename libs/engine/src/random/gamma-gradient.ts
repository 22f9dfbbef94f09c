import { digamma } from './digamma.js';

const tolerance = 1e-16;
const mostTerms = 100_000;

/**
 * Derivative of a gamma sample in its shape with the quantile held fixed (implicit
 * reparameterisation, Figurnov et al. 2018, equation 5): `dx/da = −(∂P(a, x)/∂a) / p(x; a)`, P the
 * regularised lower incomplete gamma function, p the density. Both ways below sum terms of one sign
 * only, so the result keeps nearly full double precision.
 * @param shape above 0
 * @param sample at least 0
 */
export function gammaSampleGradient(shape: number, sample: number): number {
  if (sample === 0) return 0;
  return sample <= shape + 1 ? bySeries(shape, sample) : byFraction(shape, sample);
}

/** From `P = x^a e^(−x) Σ xⁿ/Γ(a+n+1)` (DLMF 8.7.1), differentiated term by term. */
function bySeries(a: number, x: number): number {
  const logX = Math.log(x);
  let term = 1 / a;
  let psi = digamma(a + 1);
  let sum = term * (psi - logX);
  for (let n = 1; n < mostTerms; n++) {
    term *= x / (a + n);
    psi += 1 / (a + n);
    const next = term * (psi - logX);
    sum += next;
    if (Math.abs(next) < tolerance * Math.abs(sum) && n > x - a) break;
  }
  return x * sum;
}

/**
 * From the continued fraction of `Γ(a, x)` (DLMF 8.9.2), evaluated by Lentz' method together with
 * its derivative in a.
 */
function byFraction(a: number, x: number): number {
  const tiny = 1e-300;
  let b = x + 1 - a;
  let c = 1 / tiny;
  let cSlope = 0;
  let d = 1 / b;
  let dSlope = d * d;
  let h = d;
  let hSlope = dSlope;
  for (let n = 1; n < mostTerms; n++) {
    const factor = -n * (n - a);
    b += 2;
    const dBase = factor * d + b;
    const dBaseSlope = n * d + factor * dSlope - 1;
    const cNext = b + factor / c;
    const cNextSlope = -1 + n / c - (factor * cSlope) / (c * c);
    d = 1 / dBase;
    dSlope = -dBaseSlope * d * d;
    c = cNext;
    cSlope = cNextSlope;
    const ratio = c * d;
    const ratioSlope = cSlope * d + c * dSlope;
    hSlope = hSlope * ratio + h * ratioSlope;
    h *= ratio;
    if (Math.abs(ratio - 1) < tolerance * 4 && Math.abs(h * ratioSlope) <= tolerance * 4 * Math.abs(hSlope)) break;
  }
  return x * (h * (Math.log(x) - digamma(a)) + hSlope);
}

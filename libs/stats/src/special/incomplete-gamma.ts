import { continuedFraction } from './continued-fraction.js';
import { deviance, stirlingError } from './gamma.js';

/**
 * Regularised upper incomplete gamma function Q(a, x) = Γ(a, x) / Γ(a), for a > 0 and x ≥ 0.
 *
 * Below the mean by the series of P = 1 − Q (DLMF 8.11.4), above it by the continued fraction (DLMF
 * 8.9.2); the factor before both in Loader's saddle-point form (2000), so that large parameters
 * cost no digits.
 */
export function upperIncompleteGamma(a: number, x: number): number {
  if (x <= 0) return 1;
  if (x === Number.POSITIVE_INFINITY) return 0;
  // x^a e^−x / Γ(a + 1)
  const weight = Math.exp(-stirlingError(a) - deviance(a, x)) / Math.sqrt(2 * Math.PI * a);
  if (x < a + 1) {
    let term = 1;
    let sum = 1;
    for (let k = 1; term > sum * 1e-17; k++) {
      term *= x / (a + k);
      sum += term;
    }
    return 1 - weight * sum;
  }
  const fraction = continuedFraction(
    (term) => (term === 1 ? 1 : (term - 1) * (a - term + 1)),
    (term) => x - a + 2 * term - 1,
    'incomplete gamma',
  );
  return weight * a * fraction;
}

import { continuedFraction } from './continued-fraction.js';
import { deviance, stirlingError } from './gamma.js';

/**
 * Regularised incomplete beta function I_x(a, b), for a, b > 0 and 0 ≤ x ≤ 1.
 *
 * By the continued fraction (DLMF 8.17.22) on the side of the mean where it converges fast; the
 * factor before it in Loader's saddle-point form (2000), so that large parameters cost no digits.
 *
 * @param complement 1 − x, given apart so that an x near 1 loses nothing
 */
export function incompleteBeta(a: number, b: number, x: number, complement = 1 - x): number {
  if (x <= 0) return 0;
  if (complement <= 0) return 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - lowerSide(b, a, complement, x);
  return lowerSide(a, b, x, complement);
}

function lowerSide(a: number, b: number, x: number, complement: number): number {
  const n = a + b;
  const logFactor =
    stirlingError(n) - stirlingError(a) - stirlingError(b) - deviance(a, n * x) - deviance(b, n * complement);
  const factor = Math.exp(logFactor) * Math.sqrt((a * b) / (2 * Math.PI * n));
  const fraction = continuedFraction(
    (term) => {
      if (term === 1) return 1;
      const step = term - 1;
      const m = Math.floor(step / 2);
      return step % 2 === 0
        ? (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
        : (-(a + m) * (n + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    },
    () => 1,
    'incomplete beta',
  );
  return (factor * fraction) / a;
}

import { studentizedRangeTail } from './studentized-range.js';

const PANEL = 0.5;
const NODES = 16;

/**
 * The tail of the studentized range for many arguments and one number of groups: its logarithm,
 * interpolated by Chebyshev polynomials on panels of width ½ that are filled when first asked for.
 * Relative error about 1e-11.
 *
 * @throws StatisticsError `out-of-range` unless groups is a whole number of at least 2
 */
export function tabulatedStudentizedRangeTail(groups: number): (q: number) => number {
  const panels = new Map<number, Float64Array>();
  return (q) => {
    // Farther out it is about to underflow, and nobody asks often.
    if (q <= 0 || q > 50) return studentizedRangeTail(q, groups);
    const panel = Math.floor(q / PANEL);
    let coefficients = panels.get(panel);
    if (!coefficients) {
      coefficients = chebyshev((x) => Math.log(studentizedRangeTail((panel + (x + 1) / 2) * PANEL, groups)));
      panels.set(panel, coefficients);
    }
    return Math.min(1, Math.exp(clenshaw(coefficients, 2 * (q / PANEL - panel) - 1)));
  };
}

/** Coefficients of the polynomial through f at the Chebyshev nodes of [−1, 1]. */
function chebyshev(f: (x: number) => number): Float64Array {
  const angles = Array.from({ length: NODES }, (_, i) => (Math.PI * (i + 0.5)) / NODES);
  const values = angles.map((angle) => f(Math.cos(angle)));
  return Float64Array.from({ length: NODES }, (_, degree) => {
    const sum = values.reduce((total, value, i) => total + value * Math.cos(degree * (angles[i] as number)), 0);
    return (degree === 0 ? 1 : 2) * (sum / NODES);
  });
}

function clenshaw(coefficients: Float64Array, x: number): number {
  let b1 = 0;
  let b2 = 0;
  for (let i = coefficients.length - 1; i > 0; i--) {
    const next = 2 * x * b1 - b2 + (coefficients[i] as number);
    b2 = b1;
    b1 = next;
  }
  return x * b1 - b2 + (coefficients[0] as number);
}

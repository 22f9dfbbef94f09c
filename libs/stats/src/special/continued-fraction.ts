import { StatisticsError } from '../errors.js';

const TINY = 1e-300;
const MOST_TERMS = 200_000;

/**
 * Value of a₁/(b₁ + a₂/(b₂ + …)) by the modified Lentz method (Thompson and Barnett 1986), to the
 * last bits of a double.
 *
 * @throws StatisticsError `no-convergence` after 200,000 terms
 */
export function continuedFraction(
  numerator: (term: number) => number,
  denominator: (term: number) => number,
  field: string,
): number {
  let value = TINY;
  let c = TINY;
  let d = 0;
  for (let term = 1; term <= MOST_TERMS; term++) {
    const a = numerator(term);
    const b = denominator(term);
    d = b + a * d;
    d = 1 / (d === 0 ? TINY : d);
    c = b + a / c;
    if (c === 0) c = TINY;
    const change = c * d;
    value *= change;
    if (Math.abs(change - 1) < 4e-16) return value;
  }
  throw new StatisticsError('no-convergence', field, `no value after ${MOST_TERMS} terms`, 'smaller parameters');
}

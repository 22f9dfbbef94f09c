import { compensatedSum } from '../descriptive/sum.js';
import { studentTTail } from '../distributions/student-t.js';
import { StatisticsError } from '../errors.js';
import { checkedPair, type Sample } from '../sample.js';

export interface CorrelationResult {
  /** In [−1, 1]. */
  readonly coefficient: number;
  /** Two-sided; probability of a coefficient as far from 0 without correlation. */
  readonly pValue: number;
  readonly count: number;
}

/**
 * Pearson's linear correlation; p from Student's t with n − 2 degrees of freedom, t = r √((n −
 * 2)/(1 − r²)), exact for normal variables. Two observations always lie on a line: their p is 1.
 *
 * @throws StatisticsError `length-mismatch`, `too-few` (fewer than 2), `not-finite`, `constant`
 */
export function pearson(x: Sample, y: Sample): CorrelationResult {
  const [a, b] = checkedPair(x, y, 2);
  const u = centred(a, 'x');
  const v = centred(b, 'y');
  const product = compensatedSum(u.map((value, i) => value * (v[i] as number)));
  const coefficient = a.length === 2 ? Math.sign(product) : Math.max(-1, Math.min(1, product));
  return { coefficient, pValue: correlationPValue(coefficient, a.length), count: a.length };
}

/** Two-sided p of a correlation coefficient from Student's t. */
export function correlationPValue(coefficient: number, count: number): number {
  if (count < 3) return 1;
  const rest = (1 - coefficient) * (1 + coefficient);
  if (rest <= 0) return 0;
  return Math.min(1, 2 * studentTTail(Math.abs(coefficient) * Math.sqrt((count - 2) / rest), count - 2));
}

/**
 * The deviations from the mean, scaled to length 1; scaled by the largest first, so that no square
 * overflows.
 */
function centred(values: Float64Array, field: string): Float64Array {
  if (values.every((value) => value === values[0])) {
    throw new StatisticsError('constant', field, 'one value only', 'at least two different values');
  }
  const largest = values.reduce((size, value) => Math.max(size, Math.abs(value)), 0);
  const scaled = values.map((value) => value / largest);
  const centre = compensatedSum(scaled) / scaled.length;
  const deviations = scaled.map((value) => value - centre);
  const length = Math.sqrt(compensatedSum(deviations.map((value) => value * value)));
  if (length === 0)
    throw new StatisticsError('constant', field, 'no variation beyond rounding', 'at least two different values');
  return deviations.map((value) => value / length);
}

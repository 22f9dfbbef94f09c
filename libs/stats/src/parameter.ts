import { StatisticsError } from './errors.js';

/** @throws StatisticsError `out-of-range` unless `value` is a whole number of at least `minimum` */
export function checkedCount(value: number, field: string, minimum: number): number {
  if (Number.isSafeInteger(value) && value >= minimum) return value;
  throw new StatisticsError('out-of-range', field, `${value}`, `a whole number of at least ${minimum}`);
}

/** @throws StatisticsError `out-of-range` unless 0 < value < 1 */
export function checkedProbability(value: number, field: string): number {
  if (value > 0 && value < 1) return value;
  throw new StatisticsError('out-of-range', field, `${value}`, 'a number between 0 and 1, both excluded');
}

/** @throws StatisticsError `out-of-range` unless `value` is greater than 0 and finite */
export function checkedPositive(value: number, field: string): number {
  if (value > 0 && Number.isFinite(value)) return value;
  throw new StatisticsError('out-of-range', field, `${value}`, 'a finite number greater than 0');
}

/**
 * @throws StatisticsError `not-finite` if `value` is NaN; infinities are the ends of a distribution
 * and pass
 */
export function checkedNumber(value: number, field: string): number {
  if (!Number.isNaN(value)) return value;
  throw new StatisticsError('not-finite', field, 'NaN', 'a number');
}

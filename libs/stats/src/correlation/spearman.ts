import { StatisticsError } from '../errors.js';
import { midranks } from '../ranks/midranks.js';
import { checkedPair, type Sample } from '../sample.js';
import { type CorrelationResult, pearson } from './pearson.js';

/**
 * Spearman's rank correlation: Pearson's of the midranks, so that ties are right; p from Student's
 * t with n − 2 degrees of freedom, which is rough below about 10 observations.
 *
 * @throws StatisticsError `length-mismatch`, `too-few` (fewer than 2), `not-finite`, `constant`
 */
export function spearman(x: Sample, y: Sample): CorrelationResult {
  const [a, b] = checkedPair(x, y, 2);
  for (const [field, values] of [['x', a] as const, ['y', b] as const]) {
    if (values.every((value) => value === values[0])) {
      throw new StatisticsError('constant', field, 'one value only', 'at least two different values');
    }
  }
  return pearson(midranks(a), midranks(b));
}

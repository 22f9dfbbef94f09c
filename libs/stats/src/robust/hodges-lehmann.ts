import { median } from '../descriptive/quantile.js';
import { StatisticsError } from '../errors.js';
import { checkedSample, type Sample } from '../sample.js';

const MOST = 5000;

/**
 * Hodges–Lehmann estimate of location (1963), the companion of Wilcoxon's test: the median of all (xᵢ + xⱼ)/2 with i ≤ j.
 *
 * @throws StatisticsError `too-few` (empty), `not-finite`, `out-of-range` (more than 5,000 observations, whose pairs do not fit memory)
 */
export function hodgesLehmann(sample: Sample): number {
  const values = checkedSample(sample, 'sample');
  const n = values.length;
  if (n > MOST) throw new StatisticsError('out-of-range', 'sample', `${n} observations`, `at most ${MOST}`);
  const averages = new Float64Array((n * (n + 1)) / 2);
  let at = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) averages[at++] = (values[i] as number) / 2 + (values[j] as number) / 2;
  }
  return median(averages);
}

import { StatisticsError } from '../errors.js';
import { checkedSample, type Sample } from '../sample.js';

/**
 * How p-values of a family of tests are adjusted so that the chance of any false rejection stays
 * below α: `bonferroni` multiplies by their number m; `holm` steps down (Holm 1979): maxⱼ≤ᵢ (m − j
 * + 1) p₍ⱼ₎; `hochberg` steps up (Hochberg 1988): minⱼ≥ᵢ (m − j + 1) p₍ⱼ₎, and needs tests that are
 * independent or positively dependent. A hypothesis is rejected where its adjusted p is at most α.
 */
export type Adjustment = 'bonferroni' | 'holm' | 'hochberg';

/**
 * Adjusted p-values, in the order given.
 *
 * @throws StatisticsError `too-few` (none), `not-finite`, `out-of-range` (not within 0 and 1)
 */
export function adjustPValues(pValues: Sample, adjustment: Adjustment): Float64Array {
  const p = checkedSample(pValues, 'pValues');
  for (const [i, value] of p.entries()) {
    if (value < 0 || value > 1) throw new StatisticsError('out-of-range', `pValues[${i}]`, `${value}`, 'from 0 to 1');
  }
  const m = p.length;
  if (adjustment === 'bonferroni') return p.map((value) => Math.min(1, m * value));
  const order = Array.from(p.keys()).sort((a, b) => (p[a] as number) - (p[b] as number));
  const adjusted = new Float64Array(m);
  if (adjustment === 'holm') {
    let largest = 0;
    for (const [place, index] of order.entries()) {
      largest = Math.max(largest, Math.min(1, (m - place) * (p[index] as number)));
      adjusted[index] = largest;
    }
    return adjusted;
  }
  let smallest = 1;
  for (const [place, index] of [...order.entries()].reverse()) {
    smallest = Math.min(smallest, (m - place) * (p[index] as number));
    adjusted[index] = smallest;
  }
  return adjusted;
}

import { midranks } from '../ranks/midranks.js';
import { settled } from '../ranks/settled.js';
import { checkedSample, type Sample } from '../sample.js';

/**
 * Vargha and Delaney's A₁₂ (2000): the probability that a random observation of x is larger than one of y, ties counted half:
 * (R₁/m − (m + 1)/2)/n, R₁ the rank sum of x among all. ½ means no effect. Values that agree to twelve significant digits are tied. In O(n log n).
 *
 * @returns from 0 to 1
 * @throws StatisticsError `too-few` (either empty), `not-finite`
 */
export function varghaDelaney(x: Sample, y: Sample): number {
  const a = checkedSample(x, 'x').map((value) => settled(value));
  const b = checkedSample(y, 'y').map((value) => settled(value));
  const all = new Float64Array(a.length + b.length);
  all.set(a);
  all.set(b, a.length);
  const rankSum = midranks(all)
    .subarray(0, a.length)
    .reduce((sum, rank) => sum + rank, 0);
  return (rankSum / a.length - (a.length + 1) / 2) / b.length;
}

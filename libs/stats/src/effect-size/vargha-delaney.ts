import { settled } from '../ranks/settled.js';
import { checkedSample, type Sample } from '../sample.js';

/**
 * Vargha and Delaney's A₁₂ (2000): the probability that a random observation of x is larger than
 * one of y, ties counted half. ½ means no effect. Values that agree to twelve significant digits
 * are tied. In O(n log n).
 *
 * @returns from 0 to 1
 * @throws StatisticsError `too-few` (either empty), `not-finite`
 */
export function varghaDelaney(x: Sample, y: Sample): number {
  const a = sortedSettled(x, 'x');
  const b = sortedSettled(y, 'y');
  const both = new Float64Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return sortedSuperiority(both, 0, a.length, a.length, both.length);
}

/**
 * The same of two parts of `values`, each of them sorted and not empty; equal values only are tied.
 *
 * @param x where the first part begins, and `xEnd` where it ends; so of y
 */
export function sortedSuperiority(values: Float64Array, x: number, xEnd: number, y: number, yEnd: number): number {
  if (xEnd - x === 1 && yEnd - y === 1) {
    const [a, b] = [values[x] as number, values[y] as number];
    return a > b ? 1 : a === b ? 0.5 : 0;
  }
  let halves = 0;
  let below = y;
  let upTo = y;
  for (let at = x; at < xEnd; at++) {
    const value = values[at] as number;
    while (below < yEnd && (values[below] as number) < value) below += 1;
    if (upTo < below) upTo = below;
    while (upTo < yEnd && (values[upTo] as number) <= value) upTo += 1;
    halves += below - y + upTo - y;
  }
  return halves / 2 / ((xEnd - x) * (yEnd - y));
}

function sortedSettled(sample: Sample, field: string): Float64Array {
  return checkedSample(sample, field)
    .map((value) => settled(value))
    .sort();
}

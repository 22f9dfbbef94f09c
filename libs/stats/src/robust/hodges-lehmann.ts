import { checkedSample, type Sample } from '../sample.js';

/** So many averages are written out and sorted. */
const MOST_WRITTEN = 4096;

/**
 * Hodges–Lehmann estimate of location (1963), the companion of Wilcoxon's test: the median of all
 * (xᵢ + xⱼ)/2 with i ≤ j.
 *
 * Of many observations the averages are not written out: the interval that the middle ones lie in
 * is halved until few are left, and those below a number are counted in O(n).
 *
 * @throws StatisticsError `too-few` (empty), `not-finite`
 */
export function hodgesLehmann(sample: Sample): number {
  const sorted = checkedSample(sample, 'sample').sort();
  const count = (sorted.length * (sorted.length + 1)) / 2;
  const [lower, upper] = [Math.floor((count - 1) / 2), Math.floor(count / 2)];
  let low = sorted[0] as number;
  let high = sorted[sorted.length - 1] as number;
  // How many averages are below `low`, and below `limit`.
  let limit = Number.POSITIVE_INFINITY;
  let below = 0;
  let upTo = count;
  while (upTo - below > MOST_WRITTEN) {
    const middle = low / 2 + high / 2;
    if (middle <= low || middle >= high) return betweenNeighbours(sorted, low, high, lower, upper);
    const reached = averagesBelow(sorted, middle);
    if (reached <= lower) {
      low = middle;
      below = reached;
    } else if (reached > upper) {
      high = middle;
      limit = middle;
      upTo = reached;
    } else {
      const [last, next] = neighboursOf(sorted, middle);
      return last / 2 + next / 2;
    }
  }
  const written = averagesWithin(sorted, low, limit, upTo - below).sort();
  return (written[lower - below] as number) / 2 + (written[upper - below] as number) / 2;
}

/** The median where the middle averages can be only one of two neighbouring numbers. */
function betweenNeighbours(sorted: Float64Array, low: number, high: number, lower: number, upper: number): number {
  const ofLow = averagesBelow(sorted, high);
  return (lower < ofLow ? low : high) / 2 + (upper < ofLow ? low : high) / 2;
}

/**
 * Visits, for each i, the first j ≥ i whose average with i is at least `limit`; j falls as i rises.
 */
function forEachBound(sorted: Float64Array, limit: number, visit: (i: number, first: number) => void): void {
  let first = sorted.length;
  for (let i = 0; i < sorted.length; i++) {
    const half = (sorted[i] as number) / 2;
    while (first > i && half + (sorted[first - 1] as number) / 2 >= limit) first -= 1;
    visit(i, Math.max(first, i));
  }
}

function averagesBelow(sorted: Float64Array, limit: number): number {
  let count = 0;
  forEachBound(sorted, limit, (i, first) => {
    count += first - i;
  });
  return count;
}

/** The largest average below `limit` and the smallest one that is not. */
function neighboursOf(sorted: Float64Array, limit: number): readonly [number, number] {
  let last = Number.NEGATIVE_INFINITY;
  let next = Number.POSITIVE_INFINITY;
  forEachBound(sorted, limit, (i, first) => {
    const half = (sorted[i] as number) / 2;
    if (first > i) last = Math.max(last, half + (sorted[first - 1] as number) / 2);
    if (first < sorted.length) next = Math.min(next, half + (sorted[first] as number) / 2);
  });
  return [last, next];
}

/** The averages from `low` to below `limit`. */
function averagesWithin(sorted: Float64Array, low: number, limit: number, count: number): Float64Array {
  const written = new Float64Array(count);
  let at = 0;
  forEachBound(sorted, low, (i, first) => {
    const half = (sorted[i] as number) / 2;
    for (let j = first; j < sorted.length; j++) {
      const average = half + (sorted[j] as number) / 2;
      if (average >= limit) break;
      written[at++] = average;
    }
  });
  return written;
}

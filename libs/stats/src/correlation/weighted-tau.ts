import { compensatedSum } from '../descriptive/sum.js';
import { StatisticsError } from '../errors.js';
import { sortOrder } from '../ranks/sort-order.js';
import { checkedPair, checkedSample, type Sample } from '../sample.js';

export interface WeightedTauOptions {
  /**
   * Importance rank of each observation, 0 the most important. Default: τ averaged over the two
   * rankings by decreasing (x, y) and decreasing (y, x), so that agreement about the largest values
   * counts most.
   */
  readonly ranks?: Sample;
  /** Weight of an importance rank; not negative. Default hyperbolic, 1/(rank + 1). */
  readonly weigh?: (rank: number) => number;
}

/**
 * Weighted Kendall τ (Vigna 2015, "A weighted correlation index for rankings with ties"): τ-b in
 * which an exchange of observations i and j counts with the sum of their weights. In O(n log n).
 *
 * @returns in [−1, 1]; Vigna's index has no known null distribution, so there is no p-value
 * @throws StatisticsError `length-mismatch`, `too-few` (fewer than 2), `not-finite`, `constant`,
 * `out-of-range` (a weight that is negative)
 */
export function weightedTau(x: Sample, y: Sample, options: WeightedTauOptions = {}): number {
  const [a, b] = checkedPair(x, y, 2);
  const { weigh = (rank) => 1 / (rank + 1) } = options;
  if (options.ranks) {
    if (options.ranks.length !== a.length) {
      throw new StatisticsError(
        'length-mismatch',
        'ranks',
        `${options.ranks.length} ranks`,
        `${a.length}, one per observation`,
      );
    }
    return weightedBy(a, b, weightsOf(checkedSample(options.ranks, 'ranks'), weigh));
  }
  const byX = weightsOf(decreasingPlaces(a, b), weigh);
  const byY = weightsOf(decreasingPlaces(b, a), weigh);
  return (weightedBy(a, b, byX) + weightedBy(a, b, byY)) / 2;
}

/** Place of each observation in the order of decreasing `first`, then decreasing `second`. */
function decreasingPlaces(first: Float64Array, second: Float64Array): Float64Array {
  const order = sortOrder(first, sortOrder(second));
  const places = new Float64Array(order.length);
  for (let i = 0; i < order.length; i++) places[order[i] as number] = order.length - 1 - i;
  return places;
}

function weightsOf(ranks: Float64Array, weigh: (rank: number) => number): Float64Array {
  return ranks.map((rank, i) => {
    const weight = weigh(rank);
    if (weight >= 0 && Number.isFinite(weight)) return weight;
    throw new StatisticsError('out-of-range', `weigh(ranks[${i}])`, `${weight}`, 'a finite weight of at least 0');
  });
}

function weightedBy(x: Float64Array, y: Float64Array, weights: Float64Array): number {
  const byY = sortOrder(y);
  const order = sortOrder(x, byY);
  const [sortedX, yByX, weightsByX] = [gather(x, order), gather(y, order), gather(weights, order)];
  const weightsByY = gather(weights, byY);
  const total = compensatedSum(weights) * (weights.length - 1);
  const tiedX = groupWeight(weightsByX, sortedX);
  const tiedY = groupWeight(weightsByY, gather(y, byY));
  const tiedBoth = groupWeight(weightsByX, sortedX, yByX);
  for (const [field, tied] of [['x', tiedX] as const, ['y', tiedY] as const]) {
    // Rounding can leave a trifle where all weight is tied.
    if (total - tied > 1e-14 * total) continue;
    throw new StatisticsError('constant', field, 'one weighted value only', 'at least two different values');
  }
  const scale = Math.sqrt(total - tiedX) * Math.sqrt(total - tiedY);
  const discordant = discordantWeight(yByX, weightsByX);
  const tau = (total - tiedX - tiedY + tiedBoth - 2 * discordant) / scale;
  return Math.max(-1, Math.min(1, tau));
}

/**
 * Σ (wᵢ + wⱼ) over pairs within runs of equal neighbours, which is Σ over runs of (t − 1) Σ w.
 *
 * @param next a second sequence; where given, neighbours are equal only if both values are
 */
function groupWeight(weights: Float64Array, values: Float64Array, next?: Float64Array): number {
  let total = 0;
  for (let start = 0; start < values.length; ) {
    let end = start;
    let sum = 0;
    do {
      sum += weights[end] as number;
      end++;
    } while (end < values.length && values[end] === values[start] && (!next || next[end] === next[start]));
    total += sum * (end - start - 1);
    start = end;
  }
  return total;
}

/**
 * Σ (wᵢ + wⱼ) over pairs that come in x's order but against y's, by merge sort on y, for which it
 * uses its arguments up.
 */
function discordantWeight(yByX: Float64Array, weightsByX: Float64Array): number {
  const n = yByX.length;
  let from: Weighted = { values: yByX, weights: weightsByX };
  let to: Weighted = { values: new Float64Array(n), weights: new Float64Array(n) };
  let total = 0;
  for (let width = 1; width < n; width *= 2) {
    for (let start = 0; start < n; start += 2 * width) {
      total += mergeRuns(from, to, start, Math.min(start + width, n), Math.min(start + 2 * width, n));
    }
    [from, to] = [to, from];
  }
  return total;
}

interface Weighted {
  readonly values: Float64Array;
  readonly weights: Float64Array;
}

/** Merges two sorted runs and returns the weight of the pairs that had to change places. */
function mergeRuns(from: Weighted, to: Weighted, start: number, middle: number, end: number): number {
  const { values, weights } = from;
  const { values: sorted, weights: moved } = to;
  let remaining = 0;
  for (let i = start; i < middle; i++) remaining += weights[i] as number;
  let total = 0;
  let left = start;
  let right = middle;
  for (let at = start; at < end; at++) {
    const takeLeft = right >= end || (left < middle && (values[left] as number) <= (values[right] as number));
    const place = takeLeft ? left++ : right++;
    const load = weights[place] as number;
    sorted[at] = values[place] as number;
    moved[at] = load;
    if (takeLeft) remaining -= load;
    else if (left < middle) total += remaining + (middle - left) * load;
  }
  return total;
}

function gather(values: Float64Array, order: Uint32Array): Float64Array {
  const gathered = new Float64Array(order.length);
  for (let i = 0; i < order.length; i++) gathered[i] = values[order[i] as number] as number;
  return gathered;
}

import { StatisticsError } from '../errors.js';
import { sortOrder } from '../ranks/sort-order.js';
import { checkedPair, checkedSample, type Sample } from '../sample.js';

export interface WeightedTauOptions {
  /**
   * Importance rank of each observation, 0 the most important. Default: τ averaged over the two rankings by decreasing (x, y) and decreasing
   * (y, x), so that agreement about the largest values counts most.
   */
  readonly ranks?: Sample;
  /** Weight of an importance rank; not negative. Default hyperbolic, 1/(rank + 1). */
  readonly weigh?: (rank: number) => number;
}

/**
 * Weighted Kendall τ (Vigna 2015, "A weighted correlation index for rankings with ties"): τ-b in which an exchange of observations i and j
 * counts with the sum of their weights. In O(n log n).
 *
 * @returns in [−1, 1]; Vigna's index has no known null distribution, so there is no p-value
 * @throws StatisticsError `length-mismatch`, `too-few` (fewer than 2), `not-finite`, `constant`, `out-of-range` (a weight that is negative)
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
  const sameX = (i: number) => x[order[i] as number] === x[order[i - 1] as number];
  const sameY = (i: number) => y[byY[i] as number] === y[byY[i - 1] as number];
  const total = groupWeight(byY, weights, () => true);
  const tiedX = groupWeight(order, weights, sameX);
  const tiedY = groupWeight(byY, weights, sameY);
  const tiedBoth = groupWeight(order, weights, (i) => sameX(i) && y[order[i] as number] === y[order[i - 1] as number]);
  const scale = Math.sqrt(total - tiedX) * Math.sqrt(total - tiedY);
  if (!(scale > 0)) {
    throw new StatisticsError(
      'constant',
      total - tiedX > 0 ? 'y' : 'x',
      'one weighted value only',
      'at least two different values',
    );
  }
  const discordant = discordantWeight(order, y, weights);
  const tau = (total - tiedX - tiedY + tiedBoth - 2 * discordant) / scale;
  return Math.max(-1, Math.min(1, tau));
}

/** Σ (wᵢ + wⱼ) over pairs within runs of equal neighbours, which is Σ over runs of (t − 1) Σ w. */
function groupWeight(order: Uint32Array, weights: Float64Array, same: (place: number) => boolean): number {
  let total = 0;
  for (let start = 0; start < order.length; ) {
    let end = start;
    let sum = 0;
    do {
      sum += weights[order[end] as number] as number;
      end++;
    } while (end < order.length && same(end));
    total += sum * (end - start - 1);
    start = end;
  }
  return total;
}

/** Σ (wᵢ + wⱼ) over pairs that come in x's order but against y's, by merge sort on y. Values and weights move together, in sequence. */
function discordantWeight(order: Uint32Array, y: Float64Array, weights: Float64Array): number {
  const n = order.length;
  let [values, loads] = [gather(y, order), gather(weights, order)];
  let [sorted, moved] = [new Float64Array(n), new Float64Array(n)];
  let total = 0;
  for (let width = 1; width < n; width *= 2) {
    for (let start = 0; start < n; start += 2 * width) {
      total += mergeRuns(
        values,
        loads,
        sorted,
        moved,
        start,
        Math.min(start + width, n),
        Math.min(start + 2 * width, n),
      );
    }
    [values, sorted] = [sorted, values];
    [loads, moved] = [moved, loads];
  }
  return total;
}

/** Merges two sorted runs and returns the weight of the pairs that had to change places. */
function mergeRuns(
  values: Float64Array,
  loads: Float64Array,
  sorted: Float64Array,
  moved: Float64Array,
  start: number,
  middle: number,
  end: number,
): number {
  let remaining = 0;
  for (let i = start; i < middle; i++) remaining += loads[i] as number;
  let total = 0;
  let left = start;
  let right = middle;
  for (let at = start; at < end; at++) {
    const takeLeft = right >= end || (left < middle && (values[left] as number) <= (values[right] as number));
    const from = takeLeft ? left++ : right++;
    const load = loads[from] as number;
    sorted[at] = values[from] as number;
    moved[at] = load;
    if (takeLeft) remaining -= load;
    else if (left < middle) total += remaining + (middle - left) * load;
  }
  return total;
}

function gather(values: Float64Array, order: Uint32Array): Float64Array<ArrayBuffer> {
  const gathered = new Float64Array(order.length);
  for (let i = 0; i < order.length; i++) gathered[i] = values[order[i] as number] as number;
  return gathered;
}

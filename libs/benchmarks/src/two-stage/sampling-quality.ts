import { sortOrder } from './order.js';
import { type TopShare, topShares } from './top-shares.js';

/** A point of a curve over levels of true accuracy. */
export interface LevelPoint extends Omit<TopShare, 'count'> {
  readonly value: number;
}

/**
 * How well a distribution over architectures fits their true accuracies ("Picking up the pieces",
 * section 4.1).
 */
export interface SamplingQuality {
  /**
   * Probability of drawing an architecture at least as good as each level; uninformed drawing gives
   * `share`.
   */
  readonly curve: readonly LevelPoint[];
  /** Mean true accuracy of what is drawn, and of the whole space. */
  readonly expectedAccuracy: number;
  readonly uniformAccuracy: number;
  /** Probability of drawing one of the best tenth; uninformed: 0.1, where no ties widen it. */
  readonly topTenth: number;
  /**
   * Probability that what is drawn is better than what uniform drawing gives, ties counted half:
   * the area under the curve; uninformed: 0.5.
   */
  readonly superiority: number;
}

/**
 * Measures a distribution.
 *
 * @param probabilities by architecture, adding up to 1
 * @param accuracies true accuracies by architecture
 */
export function samplingQuality(probabilities: Float64Array, accuracies: Float64Array): SamplingQuality {
  const order = sortOrder(accuracies);
  const descending = Float64Array.from(order, (index) => accuracies[index] ?? Number.NaN);
  const cumulative = new Float64Array(order.length);
  let mass = 0;
  order.forEach((index, position) => {
    mass += probabilities[index] ?? 0;
    cumulative[position] = mass;
  });
  const massOf = (count: number) => cumulative[count - 1] ?? 0;
  return {
    curve: topShares(descending).map(({ share, accuracy, count }) => ({ share, accuracy, value: massOf(count) })),
    expectedAccuracy: accuracies.reduce((sum, accuracy, index) => sum + accuracy * (probabilities[index] ?? 0), 0),
    uniformAccuracy: accuracies.reduce((sum, accuracy) => sum + accuracy, 0) / accuracies.length,
    topTenth: massOf(countAtLeast(descending, Math.ceil(descending.length / 10))),
    superiority: superiority(descending, order, probabilities),
  };
}

/** Number of accuracies at least as good as the one in that place, counted from 1. */
function countAtLeast(descending: Float64Array, place: number): number {
  let count = place;
  while (count < descending.length && descending[count] === descending[place - 1]) count++;
  return count;
}

function superiority(descending: Float64Array, order: Uint32Array, probabilities: Float64Array): number {
  const size = descending.length;
  let total = 0;
  for (let start = 0; start < size; ) {
    const end = countAtLeast(descending, start + 1);
    let mass = 0;
    for (let position = start; position < end; position++) mass += probabilities[order[position] ?? 0] ?? 0;
    total += (mass * (size - end + (end - start) / 2)) / size;
    start = end;
  }
  return total;
}

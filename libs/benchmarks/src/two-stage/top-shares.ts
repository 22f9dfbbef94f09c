/** One level of accuracy: the architectures at least as good. */
export interface TopShare {
  /** How large a part of all they are. */
  readonly share: number;
  /** The least true accuracy among them. */
  readonly accuracy: number;
  /** Their number. */
  readonly count: number;
}

const LEVELS = 60;

/**
 * Levels of true accuracy from the best architecture to all of them, evenly spaced in the logarithm
 * of their share. Equal accuracies fall on one level.
 *
 * @param descending true accuracies, best first, at least one
 */
export function topShares(descending: Float64Array): readonly TopShare[] {
  const size = descending.length;
  const levels = new Map<number, TopShare>();
  for (let level = 0; level < LEVELS; level++) {
    const wanted = Math.round(size ** (level / (LEVELS - 1)));
    const accuracy = descending[Math.min(size, Math.max(1, wanted)) - 1] ?? Number.NaN;
    let count = Math.max(1, wanted);
    while (count < size && descending[count] === accuracy) count++;
    levels.set(count, { share: count / size, accuracy, count });
  }
  return [...levels.values()].sort((a, b) => a.count - b.count);
}

import { kendall } from '@oneshot/stats';
import { BenchmarkError } from '../errors.js';
import { sortOrder } from './order.js';
import type { LevelPoint } from './sampling-quality.js';
import { topShares } from './top-shares.js';

/**
 * How well accuracies estimated with shared weights identify the truly best architectures ("Picking
 * up the pieces", section 4.1).
 */
export interface IdentificationQuality {
  /**
   * Of the architectures at least as good as each level the part that the estimates place among as
   * many best; random estimates give `share`.
   */
  readonly curve: readonly LevelPoint[];
  /** The same for the best tenth. */
  readonly topTenth: number;
  /** Kendall's τ-b of estimates and true accuracies; null where all estimates are equal. */
  readonly tau: number | null;
  readonly architectures: number;
}

/**
 * Measures estimates against true accuracies of the same architectures. Where estimates tie at the
 * border of a level, each of the tied counts with the probability of being in it under random
 * order.
 *
 * @throws BenchmarkError `wrong-format` for fewer than two architectures, or lists of unequal
 * length
 */
export function identificationQuality(
  estimates: readonly number[],
  accuracies: readonly number[],
): IdentificationQuality {
  const size = accuracies.length;
  if (size < 2 || estimates.length !== size) {
    throw new BenchmarkError(
      'wrong-format',
      'estimates',
      `${estimates.length} for ${size} architectures`,
      'as many as architectures, at least 2',
    );
  }
  const estimated = Float64Array.from(estimates);
  const truth = Float64Array.from(accuracies);
  const order = sortOrder(truth);
  const descending = Float64Array.from(order, (index) => truth[index] ?? Number.NaN);
  const ranked = Float64Array.from(sortOrder(estimated), (index) => estimated[index] ?? Number.NaN);
  const recall = (count: number): number => {
    const border = ranked[count - 1] ?? Number.NaN;
    const above = ranked.indexOf(border);
    const tied = ranked.filter((value) => value === border).length;
    const share = (count - above) / tied;
    let found = 0;
    for (let position = 0; position < count; position++) {
      const estimate = estimated[order[position] ?? 0] ?? Number.NaN;
      found += estimate > border ? 1 : estimate === border ? share : 0;
    }
    return found / count;
  };
  const constant = ranked[0] === ranked[size - 1] || descending[0] === descending[size - 1];
  return {
    curve: topShares(descending).map(({ share, accuracy, count }) => ({ share, accuracy, value: recall(count) })),
    topTenth: recall(Math.ceil(size / 10)),
    tau: constant ? null : kendall(estimates, accuracies).tau,
    architectures: size,
  };
}

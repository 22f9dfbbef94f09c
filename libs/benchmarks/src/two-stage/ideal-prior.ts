import { type Genotype, optionsOf, parseGenotype, type Space } from '@oneshot/nas';
import { midranks } from '@oneshot/stats';
import type { TabularBenchmark } from '../tabular/benchmark.js';

/** The distribution of an idealised search: it knows the true accuracy of every architecture. */
export interface IdealPrior {
  /** The architecture on which a number of [0, 1) falls. */
  draw(uniform: number): Genotype;
  /** Probability of each option, by group, row-major `[choices, options]`. */
  marginals(space: Space): ReadonlyMap<string, Float32Array>;
  /** By architecture, adding up to 1. */
  readonly probabilities: Float64Array;
}

/**
 * Probabilities that fall linearly over the ranking by a known metric, from the best architecture
 * to zero below the worst ("Picking up the pieces", section 4.2); equal ones share the mean of
 * their ranks.
 *
 * @throws BenchmarkError `unknown-metric`
 */
export function idealPrior(benchmark: TabularBenchmark, metric: string): IdealPrior {
  const ranks = midranks(benchmark.column(metric), 'largest-first');
  const { size } = benchmark;
  const total = (size * (size + 1)) / 2;
  const probabilities = ranks.map((rank) => (size + 1 - rank) / total);
  const cumulative = new Float64Array(size);
  let mass = 0;
  probabilities.forEach((probability, index) => {
    mass += probability;
    cumulative[index] = mass;
  });
  const genotype = (index: number) => parseGenotype(benchmark.notation(index));
  return {
    probabilities,
    draw: (uniform) => genotype(firstAbove(cumulative, uniform * mass)),
    marginals(space) {
      const sums = new Map(
        space.groups.map(({ name, choices, options }) => [name, new Float64Array(choices.length * options.length)]),
      );
      for (let index = 0; index < size; index++) {
        for (const [group, rows] of optionsOf(space, genotype(index))) {
          const columns = space.groups.find(({ name }) => name === group)?.options.length ?? 0;
          const sum = sums.get(group as (typeof space.groups)[number]['name']);
          Array.from(rows).forEach((option, row) => {
            if (sum) sum[row * columns + option] = (sum[row * columns + option] ?? 0) + (probabilities[index] ?? 0);
          });
        }
      }
      return new Map([...sums].map(([group, values]) => [group, Float32Array.from(values)]));
    },
  };
}

/** The first place whose value exceeds `bound`; the last one if none does. */
function firstAbove(rising: Float64Array, bound: number): number {
  let low = 0;
  let high = rising.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((rising[middle] ?? 0) > bound) high = middle;
    else low = middle + 1;
  }
  return low;
}

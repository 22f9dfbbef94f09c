import { type Matrix, rankTable, settled } from '@oneshot/stats';
import { rankDirectionOf, type ScoreSet, scoresOn } from '../input/score-set.js';

/**
 * The mean score of every method on every benchmark, methods in the order of the ranking: what all
 * tests are made of.
 */
export interface RankedMeans {
  /** Positions in `ScoreSet.methods`, best first; columns of the tables. */
  readonly order: readonly number[];
  /** `[benchmarks, methods]`: means to twelve significant digits of the scores. */
  readonly means: Matrix;
  /** `[benchmarks, methods]`: rank of each mean on its benchmark, ties averaged. */
  readonly ranks: Matrix;
  /** `[methods]` */
  readonly averageRanks: readonly number[];
}

/**
 * Ranks methods by average rank; of methods with equal ranks the one with the better mean over all
 * scores comes first, then by name.
 */
export function rankedMeans(set: ScoreSet): RankedMeans {
  const { methods, benchmarks, direction } = set;
  const unordered = {
    rows: benchmarks.length,
    columns: methods.length,
    values: new Float64Array(benchmarks.length * methods.length),
  };
  const sums = new Float64Array(methods.length);
  const counts = new Float64Array(methods.length);
  for (let row = 0; row < benchmarks.length; row++) {
    for (let column = 0; column < methods.length; column++) {
      const { sum, mean, count } = summed(scoresOn(set, row, column));
      unordered.values[row * methods.length + column] = mean;
      sums[column] = (sums[column] as number) + sum;
      counts[column] = (counts[column] as number) + count;
    }
  }
  const { ranks, averageRanks } = rankTable(unordered, rankDirectionOf(direction));
  const sign = direction === 'up' ? -1 : 1;
  const meanOf = (column: number) => settled((sums[column] as number) / (counts[column] as number));
  const order = Array.from(methods.keys()).sort(
    (a, b) =>
      (averageRanks[a] as number) - (averageRanks[b] as number) ||
      sign * (meanOf(a) - meanOf(b)) ||
      ((methods[a] as string) < (methods[b] as string) ? -1 : 1),
  );
  return {
    order,
    means: withColumns(unordered, order),
    ranks: withColumns(ranks, order),
    averageRanks: order.map((column) => averageRanks[column] as number),
  };
}

/**
 * The mean is summed with the rounding carried along (Neumaier 1974), and settled by the largest
 * score.
 */
function summed(scores: Float64Array): { readonly sum: number; readonly mean: number; readonly count: number } {
  let sum = 0;
  let carry = 0;
  let largest = 0;
  for (const value of scores) {
    const next = sum + value;
    carry += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
    sum = next;
    largest = Math.max(largest, Math.abs(value));
  }
  const count = scores.length;
  return { sum: sum + carry, mean: settled((sum + carry) / count, largest), count };
}

function withColumns({ rows, columns, values }: Matrix, order: readonly number[]): Matrix {
  const moved = new Float64Array(values.length);
  for (let start = 0; start < values.length; start += columns) {
    for (let column = 0; column < columns; column++) {
      moved[start + column] = values[start + (order[column] as number)] as number;
    }
  }
  return { rows, columns, values: moved };
}

/** A column of a table, copied. */
export function columnValues({ rows, columns, values }: Matrix, column: number): Float64Array {
  return Float64Array.from({ length: rows }, (_, row) => values[row * columns + column] as number);
}

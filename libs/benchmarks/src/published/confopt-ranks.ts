import { averageRanks, mean, midranks, type RankDirection } from '@oneshot/stats';
import { publishedScores, publishedTable } from './catalogue.js';

/**
 * How several benchmarks are summed up before ranking: `mean-accuracy` ranks the methods' mean
 * accuracy over the benchmarks, as the paper turns out to do; `average-rank` ranks their average
 * rank (Demšar 2006), which no benchmark with larger differences can dominate.
 */
export type Aggregation = 'mean-accuracy' | 'average-rank';

/** A printed rank beside the one that follows from tables 2 to 10. */
export interface RankComparison {
  readonly table: string;
  readonly benchmarks: string;
  readonly method: string;
  readonly printed: number;
  /** Ties share the average of their ranks. */
  readonly computed: number;
  readonly agrees: boolean;
}

const ALL = [2, 3, 4, 5, 6, 7, 8, 9, 10];

/** The tables of accuracies behind each row of tables 11 and 12. */
const GROUPS: Readonly<Record<string, readonly number[]>> = {
  'All-skip': [4, 7, 10],
  'No-skip': [3, 6, 9],
  Regular: [2, 5, 8],
  Deep: [2, 3, 4],
  'Single-cell': [8, 9, 10],
  Wide: [5, 6, 7],
};

/**
 * Recomputes every rank of confopt's tables 11 to 13 from the mean accuracies of tables 2 to 10.
 */
export function compareConfoptRanks(aggregation: Aggregation): RankComparison[] {
  return ['confopt/11', 'confopt/12', 'confopt/13'].flatMap((id) => {
    const table = publishedTable(id);
    const methods = table.columns.map(({ name }) => name);
    return table.rows.flatMap(({ labels, values }) => {
      const benchmarks = labels.benchmark ?? '';
      const accuracies = accuraciesOf(benchmarks, methods);
      const computed = aggregatedRanks(accuracies, aggregation);
      return methods.map((method, column) => {
        const printed = values[column]?.value ?? Number.NaN;
        const rank = computed[column] ?? Number.NaN;
        return { table: id, benchmarks, method, printed, computed: rank, agrees: rank === printed };
      });
    });
  });
}

/** `[benchmarks of the row, methods]` */
function accuraciesOf(row: string, methods: readonly string[]): number[][] {
  const numbers = GROUPS[row] ?? ALL;
  const tables = numbers.map((number) => publishedTable(`confopt/${number}`));
  const { scores } = publishedScores(tables, 'mean test accuracy');
  const benchmarks = [...new Set(scores.map(({ benchmark }) => benchmark))];
  return benchmarks
    .filter((benchmark) => row in GROUPS || benchmark === row)
    .map((benchmark) =>
      methods.map(
        (method) => scores.find((s) => s.benchmark === benchmark && s.method === method)?.value ?? Number.NaN,
      ),
    );
}

function aggregatedRanks(accuracies: readonly number[][], aggregation: Aggregation): Float64Array {
  const order: RankDirection = aggregation === 'mean-accuracy' ? 'largest-first' : 'smallest-first';
  if (aggregation === 'average-rank') return midranks(averageRanks(accuracies), order);
  const methods = accuracies[0]?.length ?? 0;
  const means = Array.from({ length: methods }, (_, column) =>
    mean(accuracies.map((row) => row[column] ?? Number.NaN)),
  );
  return midranks(means, order);
}

import { mean, sampleStandardDeviation } from '@oneshot/stats';
import { type Direction, type ScoreSet, scoresOn } from '../input/score-set.js';
import { meanInterval } from './mean-interval.js';
import type { BenchmarkResult, MethodResult } from './rank-analysis.js';
import { columnValues, type RankedMeans } from './ranked-means.js';
import { listedScores, thinnedScores } from './thinning.js';

/** @param listed how many benchmarks are told one by one, from the first on */
export function methodResults(
  set: ScoreSet,
  { order, means, ranks, averageRanks }: RankedMeans,
  listed: number,
): MethodResult[] {
  const most = listedScores(listed * order.length);
  return order.map((column, place): MethodResult => {
    const all = allScores(set, column);
    return {
      method: set.methods[column] ?? '',
      averageRank: averageRanks[place] ?? Number.NaN,
      rankInterval: meanInterval(columnValues(ranks, place)),
      mean: mean(columnValues(means, place)),
      ...spread(all, set.direction),
      count: all.length,
      benchmarks: Array.from({ length: listed }, (_, row): BenchmarkResult => {
        const scores = scoresOn(set, row, column);
        return {
          rank: ranks.values[row * order.length + place] ?? Number.NaN,
          mean: means.values[row * order.length + place] ?? Number.NaN,
          ...spread(scores, set.direction),
          count: scores.length,
          scores: thinnedScores(scores, most),
        };
      }),
    };
  });
}

function spread(
  scores: Float64Array,
  direction: Direction,
): { readonly standardDeviation: number | null; readonly best: number } {
  const better = direction === 'up' ? Math.max : Math.min;
  return {
    standardDeviation: scores.length > 1 ? sampleStandardDeviation(scores) : null,
    best: scores.reduce((best, score) => better(best, score)),
  };
}

/** All scores of a method, over all benchmarks. */
function allScores({ methods, benchmarks, starts, values }: ScoreSet, column: number): Float64Array {
  let count = 0;
  for (let cell = column; cell < benchmarks.length * methods.length; cell += methods.length) {
    count += (starts[cell + 1] as number) - (starts[cell] as number);
  }
  const all = new Float64Array(count);
  let at = 0;
  for (let cell = column; cell < benchmarks.length * methods.length; cell += methods.length) {
    for (let place = starts[cell] as number; place < (starts[cell + 1] as number); place++) {
      all[at++] = values[place] as number;
    }
  }
  return all;
}

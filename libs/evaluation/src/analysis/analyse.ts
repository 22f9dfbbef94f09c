import {
  cliquesByDifference,
  cliquesByTest,
  conover,
  friedman,
  type ImanDavenportResult,
  imanDavenport,
  kendall,
  mean,
  type NemenyiResult,
  nemenyi,
  pairwiseWilcoxon,
  quade,
  quadePairs,
  rankMethods,
  type Score,
  StatisticsError,
} from '@oneshot/stats';
import { rankDirectionOf, type ScoreSet, scoresOn } from '../input/score-set.js';
import { comparePairs, type PairTests } from './compare-pairs.js';
import { meanInterval } from './mean-interval.js';
import type { MethodResult, OmnibusResult, PostHocTest, RankAnalysis, VarianceRatio } from './rank-analysis.js';

export interface AnalysisOptions {
  /** Family-wise level of significance. Default 0.05. */
  readonly alpha?: number;
  /** Default `nemenyi`, the test of the critical-difference diagram. */
  readonly postHoc?: PostHocTest;
}

/**
 * Ranks methods and tests their differences as Demšar (2006) has it: benchmarks are the sample, each method's mean score on a benchmark one
 * observation; Friedman and Iman–Davenport first, then all pairs by Nemenyi, by Wilcoxon with Holm (Benavoli et al. 2016), by Conover or by Quade.
 */
export function analyseScores(set: ScoreSet, options: AnalysisOptions = {}): RankAnalysis {
  const { alpha = 0.05, postHoc = 'nemenyi' } = options;
  const rankDirection = rankDirectionOf(set.direction);
  const ranked = rankMethods([...scoresOf(set)], rankDirection);
  const rows = new Map(set.benchmarks.map((benchmark, at) => [benchmark, at]));
  const columns = new Map(set.methods.map((method, at) => [method, at]));
  const methods = ranked.map((row): MethodResult => {
    const benchmarks = row.benchmarks.map(({ benchmark, rank, mean, standardDeviation, best }) => ({
      rank,
      mean,
      standardDeviation,
      best,
      scores: [...scoresOn(set, rows.get(benchmark) ?? 0, columns.get(row.method) ?? 0)],
    }));
    return {
      method: row.method,
      averageRank: row.averageRank,
      rankInterval: meanInterval(benchmarks.map(({ rank }) => rank)),
      mean: mean(benchmarks.map((cell) => cell.mean)),
      standardDeviation: row.standardDeviation,
      best: row.best,
      count: row.count,
      benchmarks,
    };
  });
  const table = set.benchmarks.map((_, row) => methods.map(({ benchmarks }) => benchmarks[row]?.mean ?? Number.NaN));
  const several = set.benchmarks.length > 1;
  const byRank = several ? nemenyi(table, alpha, rankDirection) : undefined;
  const tests = byRank && pairTests(table, byRank);
  const averageRanks = methods.map(({ averageRank }) => averageRank);
  const cliques =
    byRank === undefined || tests === undefined
      ? []
      : postHoc === 'nemenyi'
        ? cliquesByDifference(averageRanks, byRank.criticalDifference)
        : cliquesByTest(averageRanks, tests[postHoc].adjustedPValues, alpha);
  return {
    measure: set.measure,
    direction: set.direction,
    alpha,
    postHoc,
    benchmarks: set.benchmarks,
    methods,
    omnibus: several ? omnibus(table) : null,
    criticalDifference: byRank?.criticalDifference ?? null,
    cliques,
    pairs: comparePairs({ methods, table, rankDirection, alpha, postHoc, tests }),
    kendall: table.map((row) => table.map((other) => (row === other ? 1 : agreement(row, other)))),
  };
}

function* scoresOf(set: ScoreSet): Iterable<Score> {
  for (const [row, benchmark] of set.benchmarks.entries()) {
    for (const [column, method] of set.methods.entries()) {
      for (const value of scoresOn(set, row, column)) yield { method, benchmark, value };
    }
  }
}

/** Ranks within rows are the same whichever direction is better, but for their order, and so are the statistics. */
function omnibus(table: readonly (readonly number[])[]): OmnibusResult {
  const { statistic, degreesOfFreedom, pValue } = friedman(table);
  return {
    friedman: { statistic, degreesOfFreedom, pValue },
    imanDavenport: varianceRatio(imanDavenport(table)),
    quade: varianceRatio(quade(table)),
  };
}

function varianceRatio({ statistic, ...rest }: ImanDavenportResult): VarianceRatio {
  return { statistic: Number.isFinite(statistic) ? statistic : null, ...rest };
}

function pairTests(table: readonly (readonly number[])[], byRank: NemenyiResult): PairTests {
  return {
    nemenyi: { pValues: byRank.unadjustedPValues, adjustedPValues: byRank.pValues },
    wilcoxon: pairwiseWilcoxon(table),
    conover: conover(table),
    quade: quadePairs(table),
  };
}

function agreement(x: readonly number[], y: readonly number[]): number | null {
  try {
    return kendall(x, y, { method: 'asymptotic' }).tau;
  } catch (error) {
    if (error instanceof StatisticsError && error.code === 'constant') return null;
    throw error;
  }
}

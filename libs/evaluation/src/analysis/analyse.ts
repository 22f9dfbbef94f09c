import {
  cliquesByDifference,
  cliquesByTest,
  conover,
  friedman,
  type ImanDavenportResult,
  imanDavenport,
  type Matrix,
  type NemenyiResult,
  nemenyi,
  pairwiseWilcoxon,
  quade,
  quadePairs,
} from '@oneshot/stats';
import { rankDirectionOf, type ScoreSet } from '../input/score-set.js';
import { refuseBeyondHeap, refuseBeyondMemory } from '../memory.js';
import { benchmarkAgreement } from './benchmark-agreement.js';
import { comparePairs, type PairTests } from './compare-pairs.js';
import { methodResults } from './method-results.js';
import type { OmnibusResult, PostHocTest, RankAnalysis, VarianceRatio } from './rank-analysis.js';
import { type RankedMeans, rankedMeans } from './ranked-means.js';
import { isSmallMatrix, listedBenchmarks } from './thinning.js';

// The two duels of a pair, its p-values and its result.
const bytesOfPair = 700;
// Two matrices of each of four tests, effect sizes and what they are made of.
const bytesOfMatrices = 10 * 8;

export interface AnalysisOptions {
  /** Family-wise level of significance. Default 0.05. */
  readonly alpha?: number;
  /** Default `nemenyi`, the test of the critical-difference diagram. */
  readonly postHoc?: PostHocTest;
}

/**
 * Ranks methods and tests their differences as Demšar (2006) has it: benchmarks are the sample,
 * each method's mean score on a benchmark one observation; Friedman and Iman–Davenport first, then
 * all pairs by Nemenyi, by Wilcoxon with Holm (Benavoli et al. 2016), by Conover or by Quade.
 */
export function analyseScores(set: ScoreSet, options: AnalysisOptions = {}): RankAnalysis {
  return analyseRanked(set, rankedMeans(set), options);
}

/** The same of scores that are ranked already. */
export function analyseRanked(set: ScoreSet, ranked: RankedMeans, options: AnalysisOptions): RankAnalysis {
  refuseTooManyPairs(set.methods.length);
  const { alpha = 0.05, postHoc = 'nemenyi' } = options;
  const { order, means, averageRanks } = ranked;
  const several = set.benchmarks.length > 1;
  const byRank = several ? nemenyi(means, alpha, rankDirectionOf(set.direction)) : undefined;
  const tests = byRank && pairTests(means, byRank);
  const cliques =
    byRank === undefined || tests === undefined
      ? []
      : postHoc === 'nemenyi'
        ? cliquesByDifference(averageRanks, byRank.criticalDifference)
        : cliquesByTest(averageRanks, tests[postHoc].adjustedPValues, alpha);
  const listed = listedBenchmarks(set.benchmarks.length, set.methods.length);
  return {
    measure: set.measure,
    direction: set.direction,
    directionReason: set.directionReason,
    alpha,
    postHoc,
    benchmarkCount: set.benchmarks.length,
    benchmarks: set.benchmarks.slice(0, listed),
    scoresPerCell: scoresPerCell(set),
    methods: methodResults(set, ranked, listed),
    omnibus: several ? omnibus(means) : null,
    criticalDifference: byRank?.criticalDifference ?? null,
    cliques,
    pairs: comparePairs({ set, order, means, alpha, postHoc, tests }),
    kendall: isSmallMatrix(set.benchmarks.length) ? benchmarkAgreement(means) : null,
  };
}

/** Every pair is an object with all its tests, and a cell of each test's matrices. */
function refuseTooManyPairs(methods: number): void {
  const pairs = (methods * (methods - 1)) / 2;
  const what = `${pairs.toLocaleString('en')} pairs of ${methods.toLocaleString('en')} methods`;
  refuseBeyondHeap(bytesOfPair * pairs, what);
  refuseBeyondMemory(bytesOfMatrices * methods * methods, what);
}

function scoresPerCell({ starts }: ScoreSet): RankAnalysis['scoresPerCell'] {
  let fewest = Number.POSITIVE_INFINITY;
  let most = 0;
  for (let cell = 0; cell + 1 < starts.length; cell++) {
    const count = (starts[cell + 1] as number) - (starts[cell] as number);
    fewest = Math.min(fewest, count);
    most = Math.max(most, count);
  }
  return { fewest, most };
}

/**
 * Ranks within rows are the same whichever direction is better, but for their order, and so are the
 * statistics.
 */
function omnibus(table: Matrix): OmnibusResult {
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

function pairTests(table: Matrix, byRank: NemenyiResult): PairTests {
  return {
    nemenyi: { pValues: byRank.unadjustedPValues, adjustedPValues: byRank.pValues },
    wilcoxon: pairwiseWilcoxon(table),
    conover: conover(table),
    quade: quadePairs(table),
  };
}

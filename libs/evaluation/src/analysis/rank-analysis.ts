import type { EffectMagnitude } from '@oneshot/stats';
import type { Direction, DirectionReason } from '../input/score-set.js';

/**
 * Tests that may decide about pairs of methods: `nemenyi` and `conover` (with Holm) after
 * Friedman's test, `wilcoxon` (with Holm) by signed ranks, `quade` (with Holm) after Quade's test.
 */
export const postHocTests = ['nemenyi', 'wilcoxon', 'conover', 'quade'] as const;
export type PostHocTest = (typeof postHocTests)[number];

/** An interval with its confidence level elsewhere. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** A method over all benchmarks. */
export interface MethodResult {
  readonly method: string;
  /** Mean over benchmarks of the rank of the method's mean score, ties averaged; 1 is best. */
  readonly averageRank: number;
  /** BCa bootstrap over benchmarks, 95 %; `null` with a single benchmark. */
  readonly rankInterval: Interval | null;
  /** Mean over benchmarks of the method's mean scores. */
  readonly mean: number;
  /**
   * Sample standard deviation of all its scores, which holds the spread between benchmarks too;
   * `null` for one score.
   */
  readonly standardDeviation: number | null;
  /** Best single score, by the direction. */
  readonly best: number;
  /** How many scores. */
  readonly count: number;
  /** Per benchmark that is told one by one, in the order of `RankAnalysis.benchmarks`. */
  readonly benchmarks: readonly BenchmarkResult[];
}

/** A method on one benchmark. */
export interface BenchmarkResult {
  readonly rank: number;
  readonly mean: number;
  readonly standardDeviation: number | null;
  readonly best: number;
  /** How many scores. */
  readonly count: number;
  /**
   * All of them as they were read, or of very many some, evenly through their order from the least
   * to the greatest.
   */
  readonly scores: readonly number[];
}

/** Two methods; `a` ranks no worse than `b`. */
export interface PairResult {
  readonly a: string;
  readonly b: string;
  /** Benchmarks on which `a` has the better mean score. */
  readonly wins: number;
  readonly ties: number;
  readonly losses: number;
  /** Sign test over benchmarks, Holm over all pairs. */
  readonly signP: number;
  /**
   * Wilcoxon's signed-rank test of the mean scores over benchmarks, two-sided, and after Holm;
   * `null` with a single benchmark.
   */
  readonly wilcoxonP: number | null;
  readonly wilcoxonHolmP: number | null;
  /** Nemenyi's test, adjusted for all pairs by its making; `null` with a single benchmark. */
  readonly nemenyiP: number | null;
  /**
   * Conover's test of rank sums and Quade's of weighted ones, each of the pair alone and after
   * Holm; `null` with a single benchmark.
   */
  readonly conoverP: number | null;
  readonly conoverHolmP: number | null;
  readonly quadeP: number | null;
  readonly quadeHolmP: number | null;
  /**
   * p of the chosen test, of this pair alone and as adjusted for all pairs: the one that decides.
   * `null` with a single benchmark.
   */
  readonly decisiveP: number | null;
  readonly decisiveAdjustedP: number | null;
  /** Whether the chosen test tells the two apart at α. */
  readonly significant: boolean;
  /**
   * Vargha and Delaney's A₁₂, by the direction: how often a score of `a` is better than one of `b`,
   * per benchmark, averaged. ½: no effect.
   */
  readonly a12: number;
  /** Cliff's δ = 2 A₁₂ − 1, and the usual word for it. */
  readonly cliffsDelta: number;
  readonly magnitude: EffectMagnitude;
}

/**
 * What the omnibus tests say: Friedman's χ² corrected for ties, Iman and Davenport's less
 * conservative F, and Quade's F.
 */
export interface OmnibusResult {
  readonly friedman: { readonly statistic: number; readonly degreesOfFreedom: number; readonly pValue: number };
  readonly imanDavenport: VarianceRatio;
  readonly quade: VarianceRatio;
}

/** An F of an omnibus test. */
export interface VarianceRatio {
  /** `null` where all benchmarks agree, and F is infinite. */
  readonly statistic: number | null;
  readonly numeratorDegrees: number;
  readonly denominatorDegrees: number;
  readonly pValue: number;
}

/** Everything that is told of a set of scores; plain JSON. */
export interface RankAnalysis {
  readonly measure: string;
  readonly direction: Direction;
  /** How the direction is known. */
  readonly directionReason: DirectionReason;
  readonly alpha: number;
  readonly postHoc: PostHocTest;
  /** How many benchmarks there are. All statistics are over all of them. */
  readonly benchmarkCount: number;
  /** Those that are told one by one: all, or of very many the first. */
  readonly benchmarks: readonly string[];
  /** How many scores methods have on a benchmark. */
  readonly scoresPerCell: { readonly fewest: number; readonly most: number };
  /** Best first. */
  readonly methods: readonly MethodResult[];
  /** `null` with a single benchmark. */
  readonly omnibus: OmnibusResult | null;
  /** Of Nemenyi's test; `null` with a single benchmark. */
  readonly criticalDifference: number | null;
  /** Methods the chosen test does not tell apart; positions in `methods`, best first. */
  readonly cliques: readonly (readonly number[])[];
  /** Every pair once, in the order of `methods`. */
  readonly pairs: readonly PairResult[];
  /**
   * Kendall's τ-b between benchmarks, by how they order the methods; `null` where a benchmark ties
   * all methods, and in all for many benchmarks.
   */
  readonly kendall: readonly (readonly (number | null)[])[] | null;
}

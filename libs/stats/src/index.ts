export type { Alternative } from './alternative.js';
export { abcMeanInterval } from './bootstrap/abc.js';
export { type BootstrapInterval, type BootstrapOptions, bootstrapInterval } from './bootstrap/bca.js';
export { type Duel, type WinTieLossOptions, winTieLoss } from './comparison/win-tie-loss.js';
export { correlationMatrix } from './correlation/correlation-matrix.js';
export {
  type KendallMethod,
  type KendallOptions,
  type KendallResult,
  type KendallVariant,
  kendall,
} from './correlation/kendall.js';
export { type CorrelationResult, pearson } from './correlation/pearson.js';
export { spearman } from './correlation/spearman.js';
export { type WeightedTauOptions, weightedTau } from './correlation/weighted-tau.js';
export { type Clique, cliquesByDifference, cliquesByTest } from './critical-difference/cliques.js';
export { type AnyTimeCurve, anyTimeCurve, averageOverTime, type TimedCurve } from './curves/any-time.js';
export { incumbentCurve, regretCurve } from './curves/incumbent.js';
export { mean } from './descriptive/mean.js';
export { median, quantile } from './descriptive/quantile.js';
export { sampleStandardDeviation, sampleVariance } from './descriptive/standard-deviation.js';
export { binomialTail } from './distributions/binomial.js';
export { chiSquaredTail } from './distributions/chi-squared.js';
export { fCriticalValue, fTail } from './distributions/f.js';
export { normalCdf, normalQuantile } from './distributions/normal.js';
export { studentTTail } from './distributions/student-t.js';
export { studentizedRangeCriticalValue, studentizedRangeTail } from './distributions/studentized-range.js';
export { cliffsDelta, type EffectMagnitude, effectMagnitude } from './effect-size/cliffs-delta.js';
export { sortedSuperiority, varghaDelaney } from './effect-size/vargha-delaney.js';
export { StatisticsError, type StatisticsErrorCode } from './errors.js';
export {
  type FriedmanResult,
  friedman,
  type ImanDavenportResult,
  imanDavenport,
  type TieRule,
} from './hypothesis/friedman.js';
export { type QuadeResult, quade } from './hypothesis/quade.js';
export { signTest } from './hypothesis/sign-test.js';
export type { ZeroRule } from './hypothesis/signed-ranks.js';
export { type WilcoxonOptions, type WilcoxonResult, wilcoxonSignedRank } from './hypothesis/wilcoxon-signed-rank.js';
export type { Matrix, MatrixInput } from './matrix.js';
export { type Adjustment, adjustPValues } from './multiple/adjust.js';
export { conover } from './multiple/conover.js';
export { type ControlComparison, compareWithControl } from './multiple/control-comparison.js';
export { bonferroniDunnCriticalDifference, nemenyiCriticalDifference } from './multiple/critical-difference.js';
export { type NemenyiResult, nemenyi } from './multiple/nemenyi.js';
export type { PairwiseResult } from './multiple/pairwise.js';
export { pairwiseWilcoxon } from './multiple/pairwise-wilcoxon.js';
export { quadePairs } from './multiple/quade-pairs.js';
export { paretoFront } from './pareto/front.js';
export { hypervolume } from './pareto/hypervolume.js';
export type { Goal } from './pareto/objectives.js';
export {
  type BenchmarkRank,
  type MethodRank,
  rankMethods,
  type Score,
  type ScoreSummary,
} from './ranking/rank-methods.js';
export { midranks, type RankDirection } from './ranks/midranks.js';
export { averageRanks, type RankTable, rankTable } from './ranks/rank-table.js';
export { settled, settledDifference } from './ranks/settled.js';
export { hodgesLehmann } from './robust/hodges-lehmann.js';
export { medianAbsoluteDeviation } from './robust/median-absolute-deviation.js';
export { interquartileMean, trimmedMean, winsorizedMean } from './robust/trimmed-mean.js';
export type { Sample } from './sample.js';

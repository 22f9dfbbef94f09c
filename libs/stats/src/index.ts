export { mean } from './descriptive/mean.js';
export { sampleStandardDeviation, sampleVariance } from './descriptive/standard-deviation.js';
export { StatisticsError, type StatisticsErrorCode } from './errors.js';
export type { Matrix, MatrixInput } from './matrix.js';
export {
  type BenchmarkRank,
  type MethodRank,
  rankMethods,
  type Score,
  type ScoreSummary,
} from './ranking/rank-methods.js';
export { midranks, type RankDirection } from './ranks/midranks.js';
export { averageRanks, type RankTable, rankTable } from './ranks/rank-table.js';
export type { Sample } from './sample.js';

export { BenchmarkError, type BenchmarkErrorCode } from './errors.js';
export { isPublishedName, type NamedScores, publishedByName } from './published/by-name.js';
export {
  PUBLISHED_TABLES,
  type PublishedScores,
  publishedScores,
  publishedTable,
} from './published/catalogue.js';
export {
  type ConfoptMeasure,
  confoptBenchmarkCorrelations,
  confoptWinRates,
  type SquareFigure,
} from './published/confopt-figures.js';
export { type Aggregation, compareConfoptRanks, type RankComparison } from './published/confopt-ranks.js';
export type { Paper, PublishedColumn, PublishedRow, PublishedTable, PublishedValue } from './published/table.js';
export { type Fidelity, type SuiteCampaign, smallSuiteCampaign, suiteCampaign } from './suite/campaign.js';
export { type CampaignFile, suiteCampaignFiles } from './suite/campaign-file.js';
export {
  DARTS_BENCH_SUITE,
  type DartsBenchmark,
  dartsBenchmark,
  type OperationSet,
  type Variant,
} from './suite/darts-bench.js';
export { supernetParameters } from './suite/parameters.js';
export {
  HYPERPARAMETER_SETS,
  type HyperparameterSet,
  SEARCH_SETTINGS,
  SUITE_METHODS,
  SUITE_PROTOCOL,
  type SuiteMethod,
  type SuiteSampler,
} from './suite/protocol.js';
export type { Cost, Metric, TabularBenchmark } from './tabular/benchmark.js';
export { loadTabular, TABULAR_NAMES, type TabularName, tabularFault, tabularSpace } from './tabular/catalogue.js';
export type { DataFile } from './tabular/data-file.js';
export {
  loadNasBench201,
  NAS_BENCH_201_FILES,
  readNasBench201,
} from './tabular/nas-bench-201.js';
export { loadNasBenchMacro, NAS_BENCH_MACRO_FILE, readNasBenchMacro } from './tabular/nas-bench-macro.js';
export { tabularQuestion } from './tabular/question.js';
export { type IdealPrior, idealPrior } from './two-stage/ideal-prior.js';
export { type IdentificationQuality, identificationQuality } from './two-stage/identification.js';
export {
  BASELINES,
  type Baseline,
  combinedScore,
  type Reliance,
  relianceOf,
  type StageRanks,
} from './two-stage/reliance.js';
export { architectureProbabilities, type EdgeProbabilities } from './two-stage/sampling-distribution.js';
export { type LevelPoint, type SamplingQuality, samplingQuality } from './two-stage/sampling-quality.js';
export {
  type Combination,
  type SelectorQuality,
  summariseTwoStage,
  type TrainerQuality,
  type TwoStageRecord,
  type TwoStageSummary,
} from './two-stage/summary.js';

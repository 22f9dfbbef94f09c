/**
 * From scores to rankings: what tests say and do not say, as words, tables, figures and reports.
 */
export { type AnalysisOptions, analyseScores } from './analysis/analyse.js';
export {
  type MethodResult,
  type PairResult,
  type PostHocTest,
  postHocTests,
  type RankAnalysis,
} from './analysis/rank-analysis.js';
export { type Combined, combineScores, selectMethods } from './compare/combine.js';
export { compareDocument } from './compare/compare-document.js';
export { type CompareOptions, type Comparison, compareMethods } from './compare/compare-methods.js';
export { comparisonTable, controlTable } from './compare/compare-tables.js';
export { type DocumentFormat, rankDocument } from './documents/rank-document.js';
export { pairsData, pairsTable, rankingData, rankingTable } from './documents/rank-tables.js';
export type { TextTable } from './documents/text-table.js';
export { fileName, type NamedFigure, rankDiagram, rankFigures } from './figures/rank-figures.js';
export { checkScores } from './input/check-scores.js';
export type { ScoreColumns } from './input/columns.js';
export { faultPath, InputError, type InputFault } from './input/input-error.js';
export { type ReadScoresOptions, readScores } from './input/read-scores.js';
export type { Direction, DirectionReason, ScoreRecord, ScoreSet } from './input/score-set.js';
export type { TableSource } from './input/table-source.js';
export { MemoryError } from './memory.js';
export { namedAxes, type PlotKind, type PlotOptions, plotKinds, plotTable } from './plot/plot-kinds.js';
export { evidenceSections, type ReportSource, renderRankReport } from './report/rank-page.js';
export { rankingFiles } from './report/ranking-files.js';
export type { ReportFile } from './report/report-file.js';
export { runTableTask } from './tasks/run-table-task.js';
export { scoresTable } from './tasks/scores-table.js';
export type { TableInput, TableTask } from './tasks/table-task.js';
export { type Conclusions, conclude } from './words/conclusions.js';
export { directionSentence } from './words/direction.js';

/** From scores to rankings: what tests say and do not say, as words, tables, figures and reports. */
export { type AnalysisOptions, analyseScores } from './analysis/analyse.js';
export type { MethodResult, PairResult, PostHocTest, RankAnalysis } from './analysis/rank-analysis.js';
export { type DocumentFormat, documentFormats, rankDocument } from './documents/rank-document.js';
export { pairsData, pairsTable, rankingData, rankingTable } from './documents/rank-tables.js';
export type { TextTable } from './documents/text-table.js';
export { fileName, type NamedFigure, rankFigures } from './figures/rank-figures.js';
export { checkScores } from './input/check-scores.js';
export { describeFault, InputError, type InputFault } from './input/input-error.js';
export { type ReadScoresOptions, readScores } from './input/read-scores.js';
export type { Direction, ScoreRecord, ScoreSet } from './input/score-set.js';
export type { ScoreColumns } from './input/table.js';
export { type ReportSource, renderRankReport } from './report/rank-page.js';
export { type ReportFile, rankingFiles } from './report/ranking-files.js';
export { type Conclusions, conclude } from './words/conclusions.js';

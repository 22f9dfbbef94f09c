/** Evaluations of models, rankings of methods, reports of campaigns. */

export { cellGraphs } from './report/cell-graphs.js';
export { type EvaluatorOptions, evaluationWorker, startEvaluator } from './start-evaluator.js';

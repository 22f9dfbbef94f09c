/** Evaluations of models, rankings of methods, reports of campaigns. */
export { type EvaluatorOptions, evaluationWorker, startEvaluator } from './start-evaluator.js';

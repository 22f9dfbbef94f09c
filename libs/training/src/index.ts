export { type Checkpoint, type CheckpointOwner, decodeCheckpoint, encodeCheckpoint } from './checkpoint/checkpoint.js';
export { decodeTensors, encodeTensors, type TensorFile } from './checkpoint/safetensors.js';
export { type CheckpointStore, fileCheckpointStore } from './checkpoint/store.js';
export { weightsDigest } from './digest.js';
export { TrainingError, type TrainingErrorCode } from './errors.js';
export { type EstimateOptions, estimateSearch, estimateTraining, type RunEstimate } from './estimate/estimate.js';
export { type MemoryLimit, memoryLimitBytes } from './estimate/fit.js';
export { reportExpected } from './estimate/report-expected.js';
export { batchFault } from './fit/batch-fault.js';
export { fitSearch } from './fit/fit-search.js';
export { fitTraining } from './fit/fit-training.js';
export { takeFit } from './fit/take-fit.js';
export type { RunDependencies } from './loop/dependencies.js';
export { type LearningRates, learningRatesOf } from './loop/learning-rates.js';
export type { Progress } from './loop/progress.js';
export { type Evaluation, evaluate } from './retrain/evaluate.js';
export { runTraining, type TrainingEpoch, type TrainingResult } from './retrain/run-training.js';
export { TrainingModel, type TrainingPosition, type TrainingStepResult } from './retrain/training-model.js';
export { type ArchitectureStepResult, architectureStep, type StepPosition } from './search/architecture-step.js';
export type { MatrixByGroup, SearchEpoch } from './search/history.js';
export { runSearch, type SearchDependencies, type SearchResult } from './search/run-search.js';
export { SearchModel } from './search/search-model.js';
export { type WeightStepResult, weightStep } from './search/weight-step.js';
export { type DataSpec, dataSpec } from './spec/data-spec.js';
export { type LoadedSpace, withLoadedSpace } from './spec/loaded-space.js';
export {
  assessmentSpec,
  type PriorSpec,
  parseSearchSpec,
  type SearchSpec,
  searchRunId,
  searchSpecSchema,
  stageTwoSelector,
} from './spec/search-spec.js';
export { parseTrainingSpec, type TrainingSpec, trainingRunId, trainingSpecSchema } from './spec/training-spec.js';
export type { Assessment, EdgeProbabilities, EstimatedAccuracy } from './stages/assess.js';
export type { ArchitecturePrior } from './stages/prior.js';
export type { StageTwoSelection } from './stages/stage-two.js';
export { imageClassification, taskOf } from './task/image-classification.js';
export type { LossOptions, Task, TaskBatch } from './task/task.js';

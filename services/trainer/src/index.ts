/** Training runs: retraining of a genotype, and its export to ONNX. */
export { startTrainer, type TrainerOptions, trainingWorker } from './start-trainer.js';

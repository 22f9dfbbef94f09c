import { Batches } from '@oneshot/data';
import type { Arithmetic } from '@oneshot/engine';
import { genotypeIdentity, learningRateOf, type NetworkDescription, networkCost } from '@oneshot/nas';
import { continueArithmetic } from '../checkpoint/arithmetic.js';
import { openCheckpoint, saveCheckpoint } from '../checkpoint/resume.js';
import { weightsDigest } from '../digest.js';
import { Average } from '../loop/average.js';
import { breathe, checkDataset, checkLoss, type RunDependencies } from '../loop/dependencies.js';
import { Pace, stopwatch } from '../loop/progress.js';
import { parseTrainingSpec, type TrainingSpec, trainingRunId } from '../spec/training-spec.js';
import { taskOf } from '../task/image-classification.js';
import { evaluate } from './evaluate.js';
import { estimateNorms, normBatches } from './norm-statistics.js';
import { trainingBatches } from './training-batches.js';
import { TrainingModel } from './training-model.js';

/**
 * What one epoch of retraining leaves on record. Plain JSON, without times: equal trainings leave
 * equal records.
 */
export interface TrainingEpoch {
  /** Counted from 1. */
  readonly epoch: number;
  /** At the start of the epoch. */
  readonly learningRate: number;
  readonly dropPath: number;
  /** Means over the epoch, on augmented images; the accuracy is a fraction. */
  readonly trainLoss: number;
  readonly trainAccuracy: number;
  /** Mean norm before clipping. */
  readonly gradientNorm: number;
}

export interface TrainingResult {
  /** Digest of the canonical spec. */
  readonly runId: string;
  readonly genotypeId: string;
  /** On the test part, in `eval` mode. */
  readonly testAccuracy: number;
  readonly testLoss: number;
  readonly history: readonly TrainingEpoch[];
  /** The trained network: what is exported. */
  readonly network: NetworkDescription;
  /** Its weights and running statistics by name. */
  readonly weights: Readonly<Record<string, Float32Array>>;
  readonly weightsDigest: string;
  readonly dataDigest: string;
  /** What the epochs were computed with, in order: one, unless a resume accepted another. */
  readonly arithmetic: readonly Arithmetic[];
  /** Learned parameters of `network`. */
  readonly parameters: number;
  /** Multiplications with additions of `network` for one image. */
  readonly multiplyAdds: number;
  /** Wall-clock time of this process. */
  readonly seconds: number;
}

/**
 * Retrains a genotype from scratch, from the checkpoint where there is one, and evaluates it on the
 * test part. Ends bit for bit where an undisturbed run ends. Throws TrainingError (`invalid_spec`,
 * `data_mismatch`, `cancelled`, `diverged`, `checkpoint_…`, `other_arithmetic`, `disk_full`) and
 * NasError `invalid_image`, `invalid_space`.
 */
export async function runTraining(
  input: unknown,
  dependencies: RunDependencies<TrainingEpoch>,
): Promise<TrainingResult> {
  const spec = parseTrainingSpec(input);
  const { dataset, signal } = dependencies;
  checkDataset(dataset, spec.data);
  const pace = new Pace(dependencies.stepInterval);
  const { precision = 'float32' } = spec;
  const owner = { kind: 'training', spec: trainingRunId(spec), data: dataset.digest, precision } as const;
  const found = await openCheckpoint(dependencies.checkpoints, owner);
  const arithmetic = await continueArithmetic(found?.arithmetic ?? [], precision, dependencies);
  const model = new TrainingModel(spec, taskOf(dataset));
  try {
    if (found !== null) model.restore(found.tensors);
    const history = found === null ? [] : [...(found.history as TrainingEpoch[])];
    const batches = trainingBatches(spec, dataset);
    for (let epoch = found?.epoch ?? 0; epoch < spec.epochs; epoch++) {
      const timed = stopwatch();
      const record = await runEpoch(spec, model, batches, dependencies, pace, epoch);
      history.push(record);
      await dependencies.onEpoch?.(record, timed());
      const tensors = model.state();
      await saveCheckpoint(dependencies.checkpoints, { ...owner, epoch: epoch + 1, history, arithmetic, tensors });
    }
    if (spec.normImages !== undefined) {
      await estimateNorms(model, normBatches(spec, dataset), spec.normImages, signal);
    }
    const test = await evaluate(model.task, model.network, model.plain, testBatches(spec, dependencies), signal);
    const weights = model.exported();
    return {
      runId: owner.spec,
      genotypeId: genotypeIdentity(spec.genotype),
      testAccuracy: test.accuracy,
      testLoss: test.loss,
      history,
      network: model.plain,
      weights,
      weightsDigest: weightsDigest(weights),
      dataDigest: dataset.digest,
      arithmetic,
      ...networkCost(model.plain),
      seconds: pace.seconds(),
    };
  } finally {
    model.dispose();
  }
}

async function runEpoch(
  spec: TrainingSpec,
  model: TrainingModel,
  batches: Batches,
  { signal, onStep }: RunDependencies<TrainingEpoch>,
  pace: Pace,
  epoch: number,
): Promise<TrainingEpoch> {
  const dropPath = (spec.dropPath * epoch) / spec.epochs;
  const averages = { loss: new Average(), accuracy: new Average(), norm: new Average() };
  const steps = batches.stepsPerEpoch;
  const learningRate = learningRateOf(spec.weights.learningRate, spec.epochs, steps);
  for (let step = 0; step < steps; step++) {
    await breathe(signal);
    const result = model.step(batches.batch(epoch, step), {
      epoch,
      step,
      learningRate: learningRate(epoch, step),
      dropPath,
    });
    checkLoss(result.loss, epoch, step);
    averages.loss.add(result.loss);
    averages.accuracy.add(result.accuracy);
    averages.norm.add(result.gradientNorm);
    pace.step();
    if (pace.due()) {
      onStep?.({
        stage: 'retrain',
        epoch: epoch + 1,
        epochs: spec.epochs,
        step: step + 1,
        steps,
        metrics: {
          train_loss: averages.loss.value,
          train_accuracy: averages.accuracy.value,
          gradient_norm: averages.norm.value,
        },
        etaSeconds: pace.eta((spec.epochs - epoch) * steps - step - 1),
      });
    }
  }
  return {
    epoch: epoch + 1,
    learningRate: learningRate(epoch, 0),
    dropPath,
    trainLoss: averages.loss.value,
    trainAccuracy: averages.accuracy.value,
    gradientNorm: averages.norm.value,
  };
}

function testBatches(spec: TrainingSpec, { dataset }: RunDependencies<TrainingEpoch>): Batches {
  return new Batches({
    part: dataset.test,
    batch: spec.batch,
    seed: spec.seed,
    purpose: 'test',
    shuffle: false,
    mean: dataset.mean,
    std: dataset.std,
  });
}

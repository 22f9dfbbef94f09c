import type { Batches } from '@oneshot/data';
import { Average } from '../loop/average.js';
import { breathe, checkLoss, type RunDependencies } from '../loop/dependencies.js';
import { learningRatesOf } from '../loop/learning-rates.js';
import type { Pace } from '../loop/progress.js';
import { type Architecture, architectureOf } from './architecture-of.js';
import { type ArchitectureStepResult, architectureStep } from './architecture-step.js';
import { DrawCounter, matrixByGroup, type SearchEpoch, vectorByGroup } from './history.js';
import type { SearchModel } from './search-model.js';

import { type WeightStepResult, weightStep } from './weight-step.js';

/** What all epochs of one search share. */
export interface EpochContext {
  readonly model: SearchModel;
  readonly train: Batches;
  readonly validation: Batches;
  readonly dependencies: Pick<RunDependencies<SearchEpoch>, 'signal' | 'onStep'>;
  readonly pace: Pace;
  /** The genotype in the field's notation that α and β stand for. */
  readonly select: (architecture: Architecture) => string;
}

/**
 * One epoch over the training half: per step one α step on a validation batch and one weight step,
 * in the profile's order; or both at once on the training batch.
 */
export async function runEpoch(context: EpochContext, epoch: number): Promise<SearchEpoch> {
  const { model, train, validation, dependencies, pace } = context;
  const { profile } = model;
  const learnsAlpha = model.sampler.differentiable && epoch >= profile.architecture.frozenEpochs;
  const averages = new EpochAverages();
  const draws = new DrawCounter();
  const steps = train.stepsPerEpoch;
  const learningRates = learningRatesOf(profile, steps);
  for (let step = 0; step < steps; step++) {
    await breathe(dependencies.signal);
    const at = { epoch, step, learningRates: learningRates(epoch, step) };
    const trainBatch = train.batch(epoch, step);
    const stepAlpha = () => {
      if (!learnsAlpha || model.singleLevel) return;
      const validationBatch = validation.batch(epoch, step % validation.stepsPerEpoch);
      const result = architectureStep(model, validationBatch, trainBatch, at);
      checkLoss(result.loss, epoch, step);
      averages.architecture(result);
    };
    if (profile.architecture.step === 'before_weights') stepAlpha();
    const result = weightStep(model, trainBatch, at, learnsAlpha && model.singleLevel);
    checkLoss(result.loss, epoch, step);
    averages.weights(result);
    for (const { active } of result.draws) if (active !== undefined) draws.count(model.space, active);
    if (profile.architecture.step === 'after_weights') stepAlpha();
    pace.step();
    if (pace.due()) {
      dependencies.onStep?.({
        stage: 'search',
        epoch: epoch + 1,
        epochs: profile.epochs,
        step: step + 1,
        steps,
        metrics: averages.metrics(),
        etaSeconds: pace.eta((profile.epochs - epoch) * steps - step - 1),
      });
    }
  }
  const started = learningRates(epoch, 0);
  const scheduled = typeof profile.architecture.learningRate !== 'number';
  const architecture = architectureOf(model);
  const { alpha, edgeWeights } = architecture;
  const expected = model.expectedWeights();
  const temperature = model.sampler.temperature?.(epoch, profile.epochs);
  return {
    epoch: epoch + 1,
    learningRate: started.weights,
    ...(scheduled ? { architectureLearningRate: started.architecture } : {}),
    ...(temperature === undefined ? {} : { temperature }),
    ...averages.record(),
    alpha: matrixByGroup(model.space, alpha),
    architectureWeights: matrixByGroup(model.space, expected),
    ...(edgeWeights === undefined
      ? {}
      : { beta: vectorByGroup(model.betaValues()), edgeWeights: vectorByGroup(edgeWeights) }),
    operationShares: draws.shares(model.space, expected),
    genotype: context.select(architecture),
  };
}

class EpochAverages {
  readonly #train = { loss: new Average(), accuracy: new Average(), norm: new Average() };
  readonly #validation = { loss: new Average(), accuracy: new Average() };
  readonly #architectureNorm = new Average();
  /** How α learned. */
  #alpha: 'rests' | 'on validation images' | 'with weights' = 'rests';

  weights({ loss, accuracy, gradientNorm, architectureGradientNorm }: WeightStepResult): void {
    if (architectureGradientNorm !== undefined) {
      this.#alpha = 'with weights';
      this.#architectureNorm.add(architectureGradientNorm);
    }
    this.#train.loss.add(loss);
    this.#train.accuracy.add(accuracy);
    this.#train.norm.add(gradientNorm);
  }

  architecture({ loss, accuracy, gradientNorm }: ArchitectureStepResult): void {
    this.#alpha = 'on validation images';
    this.#validation.loss.add(loss);
    this.#validation.accuracy.add(accuracy);
    this.#architectureNorm.add(gradientNorm);
  }

  record(): Pick<
    SearchEpoch,
    | 'trainLoss'
    | 'trainAccuracy'
    | 'validationLoss'
    | 'validationAccuracy'
    | 'weightGradientNorm'
    | 'architectureGradientNorm'
  > {
    const train = {
      trainLoss: this.#train.loss.value,
      trainAccuracy: this.#train.accuracy.value,
      weightGradientNorm: this.#train.norm.value,
    };
    if (this.#alpha === 'rests') return train;
    const architectureGradientNorm = this.#architectureNorm.value;
    if (this.#alpha === 'with weights') return { ...train, architectureGradientNorm };
    return {
      ...train,
      validationLoss: this.#validation.loss.value,
      validationAccuracy: this.#validation.accuracy.value,
      architectureGradientNorm,
    };
  }

  metrics(): Record<string, number> {
    const { trainLoss, trainAccuracy, validationLoss, validationAccuracy, weightGradientNorm } = this.record();
    return {
      train_loss: trainLoss,
      train_accuracy: trainAccuracy,
      gradient_norm: weightGradientNorm,
      ...(validationLoss === undefined ? {} : { validation_loss: validationLoss }),
      ...(validationAccuracy === undefined ? {} : { validation_accuracy: validationAccuracy }),
    };
  }
}

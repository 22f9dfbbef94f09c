import type { Batch } from '@oneshot/data';
import { type Precision, randomStream } from '@oneshot/engine';
import { createSpace, formatGenotype, parameterCount, publishedArchitectures, resolveProfile } from '@oneshot/nas';
import {
  architectureStep,
  imageClassification,
  learningRatesOf,
  parseTrainingSpec,
  SearchModel,
  TrainingModel,
  weightStep,
} from '@oneshot/training';
import type { StepRow } from './rows.js';

/** What is measured: one step, and the number of weights it trains. */
export interface StepModel {
  readonly weights: number;
  /** Returns the loss, so that nothing can be left undone. */
  run(batch: Batch, step: number): number;
}

/** How a row's network differs from the row. */
export interface StepChanges extends CellChanges {
  readonly channels?: number;
}

/** How its cells run. */
export interface CellChanges {
  readonly recompute?: boolean;
  readonly precision?: Precision;
}

const image = { height: 32, width: 32, channels: 3 };
const task = imageClassification({ image, classes: 10 });

const [{ genotype: dartsV2 }] = publishedArchitectures();

/** DARTS_V2, the architecture of Liu et al. 2019, figures 4 and 5. */
export const DARTS_V2 = formatGenotype(dartsV2);

/** The step that runs of the project take, on a row's network. */
export function stepModel(row: StepRow, changes: StepChanges = {}): StepModel {
  const space = { ...row.space, ...(changes.channels === undefined ? {} : { channels: changes.channels }) };
  const how = { recompute: changes.recompute ?? false, precision: changes.precision ?? 'float32' };
  return row.method === 'retrain' ? retraining(space, how) : search(space, row.method, how);
}

/** A batch of noise, the same for every row. */
export function noiseBatch(count: number): Batch {
  const { height, width, channels } = image;
  const classes = randomStream(0, 'bench', 'labels').uniform(count);
  return {
    images: randomStream(0, 'bench', 'batch').normal(count * height * width * channels),
    labels: Int32Array.from(classes, (u) => Math.floor(10 * u)),
    count,
  };
}

function search(definition: StepRow['space'], method: string, how: Required<CellChanges>): StepModel {
  const space = createSpace(definition);
  const model = new SearchModel(space, resolveProfile({ method, ...how }, space), task, 0);
  const learningRates = learningRatesOf(model.profile, 1)(0, 0);
  return {
    weights: model.network.parameterCount,
    run(batch, step) {
      const at = { epoch: 0, step, learningRates };
      const first = architectureStep(model, batch, batch, at);
      return first.loss + weightStep(model, batch, at).loss;
    },
  };
}

function retraining(space: StepRow['space'], how: Required<CellChanges>): StepModel {
  const spec = parseTrainingSpec({
    space,
    genotype: dartsV2,
    data: { name: 'cifar10' },
    dropPath: 0,
    ...how,
  });
  const model = new TrainingModel(spec, task);
  const learningRate = spec.weights.learningRate.from;
  return {
    weights: parameterCount(model.plain),
    run: (batch, step) => model.step(batch, { epoch: 0, step, learningRate, dropPath: 0 }).loss,
  };
}

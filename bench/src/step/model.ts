import type { Batch } from '@oneshot/data';
import { createSpace, parseGenotype, resolveProfile, type SpaceInput } from '@oneshot/nas';
import { architectureStep, parseTrainingSpec, SearchModel, TrainingModel, weightStep } from '@oneshot/training';
import type { StepMethod, StepSpace } from './options.js';

/** What is measured: one step, and the number of weights it trains. */
export interface StepModel {
  readonly weights: number;
  /** Returns the loss, so that nothing can be left undone. */
  run(batch: Batch, step: number): number;
}

const target = { image: { height: 32, width: 32, channels: 3 }, classes: 10 };

/** The peer's spaces: DARTS, three of the DARTS-Bench-Suite (wide, deep, single cell), NAS-Bench-201. */
const spaces: Readonly<Record<StepSpace, Exclude<SpaceInput, string>>> = {
  darts: { name: 'darts', cells: 8, channels: 16, nodes: 4 },
  wide: { name: 'darts', cells: 4, channels: 18, nodes: 4 },
  deep: { name: 'darts', cells: 16, channels: 7, nodes: 4 },
  single: { name: 'darts', cells: 1, channels: 26, nodes: 8 },
  nb201: { name: 'nasbench201', cells: 5, channels: 16 },
};

/** DARTS_V2, the architecture of Liu et al. 2019, figures 4 and 5. */
const dartsV2 =
  "Genotype(normal=[('sep_conv_3x3', 0), ('sep_conv_3x3', 1), ('sep_conv_3x3', 0), ('sep_conv_3x3', 1), ('sep_conv_3x3', 1), " +
  "('skip_connect', 0), ('skip_connect', 0), ('dil_conv_3x3', 2)], normal_concat=range(2, 6), reduce=[('max_pool_3x3', 0), " +
  "('max_pool_3x3', 1), ('skip_connect', 2), ('max_pool_3x3', 1), ('max_pool_3x3', 0), ('skip_connect', 2), ('skip_connect', 2), " +
  "('max_pool_3x3', 1)], reduce_concat=range(2, 6))";

/** The steps that runs of the project take, on the peer's networks. */
export function stepModel(space: StepSpace, method: StepMethod): StepModel {
  return method === 'retrain' ? retraining(space) : search(space, method);
}

function search(name: StepSpace, method: Exclude<StepMethod, 'retrain'>): StepModel {
  const space = createSpace(spaces[name]);
  const model = new SearchModel(space, resolveProfile(method, space.name), target, 0);
  const learningRate = model.profile.weights.learningRate.from;
  return {
    weights: model.network.parameterCount,
    run(batch, step) {
      const at = { epoch: 0, step, learningRate };
      const first = architectureStep(model, batch, batch, at);
      return first.loss + weightStep(model, batch, at).loss;
    },
  };
}

function retraining(name: StepSpace): StepModel {
  const space = spaces[name];
  const spec = parseTrainingSpec({
    space,
    genotype: parseGenotype(dartsV2),
    data: { name: 'cifar10' },
    dropPath: 0,
  });
  const model = new TrainingModel(spec, target);
  const learningRate = spec.weights.learningRate.from;
  return {
    weights: model.parameterCount,
    run: (batch, step) => model.step(batch, { epoch: 0, step, learningRate, dropPath: 0 }).loss,
  };
}

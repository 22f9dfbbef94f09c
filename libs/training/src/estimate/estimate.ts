import { type Dataset, splitHalf } from '@oneshot/data';
import { backendInfo, memory } from '@oneshot/engine';
import { createSpace } from '@oneshot/nas';
import { checkDataset, trainingImages } from '../loop/dependencies.js';
import { learningRatesOf } from '../loop/learning-rates.js';
import { trainingBatches } from '../retrain/training-batches.js';
import { TrainingModel } from '../retrain/training-model.js';
import { architectureStep } from '../search/architecture-step.js';
import { searchBatches } from '../search/search-batches.js';
import { SearchModel } from '../search/search-model.js';
import { weightStep } from '../search/weight-step.js';
import { parseSearchSpec } from '../spec/search-spec.js';
import { parseTrainingSpec } from '../spec/training-spec.js';
import { taskOf } from '../task/image-classification.js';
import { secondsPerStep } from './calibrate.js';
import { checkFits, type MemoryLimit, memoryLimitBytes, type Size } from './fit.js';
import { searchMemory } from './search-memory.js';
import { trainingMemory } from './training-memory.js';

/** What a run will take, told before it starts. */
export interface RunEstimate {
  /**
   * Resident memory of the process at its peak, data set included; null on backends that make no
   * plans.
   */
  readonly peakBytes: number | null;
  readonly stepsPerEpoch: number;
  /** Of an epoch in which weights and α learn; one in which α rests is shorter. */
  readonly secondsPerEpoch: number;
}

export interface EstimateOptions {
  /** Default: what this process may take, for one worker. */
  readonly limit?: Partial<MemoryLimit>;
  readonly signal?: AbortSignal;
}

/**
 * What the heap grows by when a run is at work, and what the native backend holds for each thread.
 */
const HEAP_BYTES = 16 * 2 ** 20;
const THREAD_BYTES = 4 * 2 ** 20;

/**
 * What a search will take: memory from the plans of its cells, without running them; then the time
 * of an epoch from a few steps on the first batches. Null where nothing is trained. Throws
 * TrainingError `too_large` before any step when the run cannot fit, with the options that would
 * make it fit; `invalid_spec`, `data_mismatch`, `cancelled`; NasError as the search itself.
 */
export async function estimateSearch(
  input: unknown,
  dataset: Dataset,
  options: EstimateOptions = {},
): Promise<RunEstimate | null> {
  const spec = parseSearchSpec(input);
  checkDataset(dataset, spec.data);
  const { profile, seed } = spec;
  if (profile.epochs === 0) return null;
  const task = taskOf(dataset);
  const split = splitHalf(trainingImages(dataset, spec.data), { seed });
  const train = searchBatches(spec, dataset, split, 'train');
  const validation = searchBatches(spec, dataset, split, 'validation');
  const peakBytes = peakWithin(searchMemory(spec, task.target, train.stepsPerEpoch), profile, options);
  const model = new SearchModel(createSpace(spec.space), profile, task, seed);
  try {
    const learningRates = learningRatesOf(profile, train.stepsPerEpoch)(0, 0);
    const seconds = await secondsPerStep((step) => {
      const batch = train.batch(0, step % train.stepsPerEpoch);
      const at = { epoch: 0, step, learningRates };
      if (model.sampler.differentiable && !model.singleLevel) {
        architectureStep(model, validation.batch(0, step % validation.stepsPerEpoch), batch, at);
      }
      weightStep(model, batch, at, model.singleLevel);
    }, options.signal);
    return { peakBytes, stepsPerEpoch: train.stepsPerEpoch, secondsPerEpoch: seconds * train.stepsPerEpoch };
  } finally {
    model.dispose();
  }
}

/** What a retraining will take; as `estimateSearch`. */
export async function estimateTraining(
  input: unknown,
  dataset: Dataset,
  options: EstimateOptions = {},
): Promise<RunEstimate> {
  const spec = parseTrainingSpec(input);
  checkDataset(dataset, spec.data);
  const task = taskOf(dataset);
  const peakBytes = peakWithin((size) => trainingMemory({ ...spec, ...size }, task.target), spec, options);
  const batches = trainingBatches(spec, dataset);
  const model = new TrainingModel(spec, task);
  try {
    const learningRate = spec.weights.learningRate.from;
    const { stepsPerEpoch } = batches;
    const seconds = await secondsPerStep((step) => {
      const at = { epoch: 0, step, learningRate, dropPath: spec.dropPath };
      model.step(batches.batch(0, step % stepsPerEpoch), at);
    }, options.signal);
    return { peakBytes, stepsPerEpoch, secondsPerEpoch: seconds * stepsPerEpoch };
  } finally {
    model.dispose();
  }
}

/**
 * The peak of the process, checked against the limit; null where plans are unknown, and then
 * nothing is checked.
 */
function peakWithin(
  memoryOf: (size: Size) => number | null,
  size: Size,
  { limit = {} }: EstimateOptions,
): number | null {
  // What the engine holds from earlier runs serves this one too.
  const occupied = process.memoryUsage.rss() - memory().nativeBytes;
  const fixed = occupied + HEAP_BYTES + THREAD_BYTES * backendInfo().threads;
  const own = memoryOf(size);
  if (own === null) return null;
  const { bytes = memoryLimitBytes(), workers = 1 } = limit;
  checkFits((at) => fixed + (memoryOf(at) ?? 0), size, { bytes, workers });
  return fixed + own;
}

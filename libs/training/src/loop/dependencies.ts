import { type Dataset, splitHalf } from '@oneshot/data';
import type { Fault } from '@oneshot/nas';
import type { ArithmeticOptions } from '../checkpoint/arithmetic.js';
import type { CheckpointStore } from '../checkpoint/store.js';
import { TrainingError } from '../errors.js';
import type { DataSpec } from '../spec/data-spec.js';
import type { Progress } from './progress.js';

/**
 * What a run is given besides its spec; none of it changes a number, unless other arithmetic is
 * accepted.
 */
export interface RunDependencies<Epoch> extends ArithmeticOptions {
  /** The data the spec names, opened. */
  readonly dataset: Dataset;
  /**
   * Keeps the latest checkpoint; a run goes on from what it finds there. Absent: nothing is kept.
   */
  readonly checkpoints?: CheckpointStore;
  /** Ends the run between two steps with TrainingError `cancelled`; the last checkpoint stays. */
  readonly signal?: AbortSignal;
  /**
   * Called after every epoch, before its checkpoint is kept: an epoch that a crash repeats is told
   * again, with the same figures. Its time is told beside its record, which depends on the spec
   * alone.
   */
  readonly onEpoch?: (record: Epoch, seconds: number) => void | Promise<void>;
  /** Called between steps, at most once per `stepInterval`. */
  readonly onStep?: (progress: Progress) => void;
  /** Milliseconds; default 500. */
  readonly stepInterval?: number;
}

/** Lets timers and messages in, then ends the run if it was cancelled. */
export async function breathe(signal: AbortSignal | undefined): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
  if (signal?.aborted) {
    throw new TrainingError('cancelled', [{ path: '', message: 'the run was cancelled' }], signal.reason);
  }
}

/** Throws TrainingError `diverged` unless the loss is a finite number. */
export function checkLoss(loss: number, epoch: number, step: number): void {
  if (Number.isFinite(loss)) return;
  const message = `the loss became ${loss} in epoch ${epoch + 1}, step ${step + 1}; a lower learning rate may help`;
  throw new TrainingError('diverged', [{ path: 'weights.learningRate', message }]);
}

/**
 * Throws TrainingError `data_mismatch` unless the opened data are those the spec names, or the
 * sample that stands in for them.
 */
export function checkDataset(dataset: Dataset, spec: DataSpec): void {
  const faults: Fault[] = [];
  if (dataset.name !== spec.name && dataset.name !== `${spec.name}-sample`) {
    faults.push({ path: 'data.name', message: `found ${dataset.name}; the run is for ${spec.name}` });
  }
  if (spec.trainImages !== undefined && spec.trainImages > dataset.train.count) {
    const message = `found ${spec.trainImages}; ${dataset.name} has ${dataset.train.count} training images`;
    faults.push({ path: 'data.trainImages', message });
  }
  if (faults.length > 0) throw new TrainingError('data_mismatch', faults);
}

/** Training images a run uses, by index: the first ones in file order, or one half of those. */
export function trainingImages(dataset: Dataset, { trainImages, half }: DataSpec): Uint32Array {
  const count = trainImages ?? dataset.train.count;
  if (half === undefined) return Uint32Array.from({ length: count }, (_, index) => index);
  const halves = splitHalf(count, { seed: 0 });
  return half === 'first' ? halves.train : halves.validation;
}

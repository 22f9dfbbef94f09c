import { engine } from '@tensorflow/tfjs-core';
import { NativeBackend } from '../native/backend.js';
import type { CellArguments } from './arguments.js';
import type { CellMemory } from './cell-memory.js';
import type { Precision } from './precision.js';
import type { CellSchedule } from './schedule.js';
import { validateSchedule } from './shapes.js';

export interface CellMemoryOptions {
  /** `train`: forward and backward; `eval`: forward alone, without recording gradients. */
  readonly mode: CellArguments['mode'];
  /** As in `runCell`. Default false. */
  readonly recompute?: boolean;
  /** As in `runCell`. Default `float32`. */
  readonly precision?: Precision;
}

/**
 * The exact bytes that running a cell will allocate, from its plan: nothing is run and nothing
 * large is allocated. Null on backends that make no plans. The native backend also holds 4 MiB for
 * each thread that has run a cell.
 * @throws EngineError `invalid_schedule`
 */
export function cellMemory(
  schedule: CellSchedule,
  batch: number,
  { mode, recompute = false, precision = 'float32' }: CellMemoryOptions,
): CellMemory | null {
  validateSchedule(schedule);
  const { backend } = engine();
  if (!(backend instanceof NativeBackend)) return null;
  const keep = mode === 'eval' ? 'nothing' : recompute ? 'inputs' : 'activations';
  return backend.cellMemory(schedule, batch, precision, keep);
}

import { engine, getKernel } from '@tensorflow/tfjs-core';
import { FusedKernel } from '../kernels/names.js';
import { isObserved } from '../ops/observe-relu.js';
import { isRecording } from '../tape/recording.js';
import { tidy } from '../tensor/memory.js';
import { type CellArguments, checkArguments } from './arguments.js';
import { type CellResult, composeCell } from './compose.js';
import { runFusedCell } from './fused.js';
import type { CellSchedule } from './schedule.js';

/**
 * Whether the current backend runs this call as one. A fused cell shows none of its ReLUs, and has
 * a backward pass through the statistics of the batch only.
 */
function runsFused({ mode }: CellArguments): boolean {
  if (isObserved() || (mode === 'eval' && isRecording())) return false;
  return getKernel(FusedKernel.cell, engine().backendName) != null;
}

/**
 * Runs a cell. Differentiable in inputs, weights and mix; what a backward pass needs is kept only
 * while gradients are being recorded.
 * @throws EngineError `invalid_schedule` or `invalid_argument`, naming what does not fit
 */
export function runCell(schedule: CellSchedule, given: CellArguments): CellResult {
  const batch = checkArguments(schedule, given);
  return tidy(() => {
    const { output, statistics } = runsFused(given)
      ? runFusedCell(schedule, given)
      : composeCell(schedule, given, batch);
    return { output, statistics };
  });
}

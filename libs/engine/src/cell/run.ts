import { engine, getKernel } from '@tensorflow/tfjs-core';
import { FusedKernel } from '../kernels/names.js';
import { tidy } from '../tensor/memory.js';
import { type CellArguments, checkArguments } from './arguments.js';
import { type CellResult, composeCell } from './compose.js';
import { runFusedCell } from './fused.js';
import type { CellSchedule } from './schedule.js';

/** Whether the current backend runs a cell in one call. */
function hasFusedCell(): boolean {
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
    const { output, statistics } = hasFusedCell() ? runFusedCell(schedule, given) : composeCell(schedule, given, batch);
    return { output, statistics };
  });
}

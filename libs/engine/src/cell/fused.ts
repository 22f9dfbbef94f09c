import { at } from '../gradients/gradient.js';
import { FusedKernel } from '../kernels/names.js';
import { runKernelOutputs } from '../kernels/run.js';
import { isRecording } from '../tape/recording.js';
import type { CellArguments } from './arguments.js';
import type { CellResult } from './compose.js';
import type { Precision } from './precision.js';
import type { CellSchedule } from './schedule.js';

/**
 * Attributes of the fused kernel. Its inputs are, in order: the input states, the weights, the mix,
 * and in eval mode the running statistics if there are any. Its outputs: the result, the statistics
 * (empty in eval mode), and an empty tensor that stands for what the backward pass needs, which
 * lives as long as it.
 */
export interface FusedCellAttributes {
  readonly schedule: CellSchedule;
  readonly train: boolean;
  /**
   * What is kept for a backward pass: nothing, its activations, or only the inputs, from which it
   * makes them again.
   */
  readonly keep: 'nothing' | 'activations' | 'inputs';
  readonly precision: Precision;
}

/**
 * Attributes of the fused gradient. Its inputs are the states, the weights, the mix, the result and
 * its gradient, and the third output of the forward call; its outputs the gradients of the wanted
 * states, weights and mix, in this order.
 */
export interface FusedCellGradientAttributes {
  readonly schedule: CellSchedule;
  readonly precision: Precision;
  /** Per state, then weights, then mix. */
  readonly wanted: readonly boolean[];
}

/** Runs a cell in one call. */
export function runFusedCell(schedule: CellSchedule, given: CellArguments): CellResult {
  const { inputs, weights, mix, running, mode, recompute = false, precision = 'float32' } = given;
  const train = mode === 'train';
  const keep = !isRecording() ? 'nothing' : recompute ? 'inputs' : 'activations';
  const attributes: FusedCellAttributes = { schedule, train, keep, precision };
  const all = [...inputs, weights, mix, ...(train || running === undefined ? [] : [running])];
  const outputs = runKernelOutputs(FusedKernel.cell, all, attributes);
  return { output: at(outputs, 0), statistics: train ? at(outputs, 1) : null };
}

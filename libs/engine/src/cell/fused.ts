import type { NamedAttrMap } from '@tensorflow/tfjs-core';
import { at } from '../gradients/gradient.js';
import { FusedKernel } from '../kernels/names.js';
import { runKernelOutputs } from '../kernels/run.js';
import { isRecording } from '../tape/recording.js';
import type { Tensor } from '../tensor/tensor.js';
import type { CellArguments } from './arguments.js';
import type { CellResult } from './compose.js';
import type { CellSchedule } from './schedule.js';

/** Attributes of the fused kernel. */
export interface FusedCellAttributes {
  readonly schedule: CellSchedule;
  readonly train: boolean;
  /** Whether a backward pass will follow. */
  readonly keep: boolean;
  readonly inputCount: number;
}

/** Names of the fused kernel's input states. */
export const stateName = (index: number): string => `state${index}`;

/** Runs a cell in one call. Kernel inputs: `state0` …, `weights`, `mix`, and `running` in eval mode. */
export function runFusedCell(schedule: CellSchedule, given: CellArguments): CellResult {
  const { inputs, weights, mix, running, mode } = given;
  const named: Record<string, Tensor> = { weights, mix };
  inputs.forEach((input, i) => {
    named[stateName(i)] = input;
  });
  const train = mode === 'train';
  if (!train && running !== undefined) named.running = running;
  const attributes: FusedCellAttributes = { schedule, train, keep: isRecording(), inputCount: inputs.length };
  const outputs = runKernelOutputs(FusedKernel.cell, named, attributes as unknown as NamedAttrMap);
  return { output: at(outputs, 0), statistics: train ? at(outputs, 1) : null };
}

import { invalidArgument } from '../errors.js';
import type { Tensor } from '../tensor/tensor.js';
import type { Precision } from './precision.js';
import type { CellSchedule, StateShape } from './schedule.js';
import { cellShapes } from './shapes.js';

export interface CellArguments {
  /** One `[batch, height, width, channels]` per input state. */
  readonly inputs: readonly Tensor[];
  /** `[weightCount]`. */
  readonly weights: Tensor;
  /** `[mixCount]`, or `[batch, mixCount]` for coefficients per image. */
  readonly mix: Tensor;
  /** `[statisticCount]`: needed in `eval` where the schedule has norms. */
  readonly running?: Tensor;
  /** Norms use the batch's own statistics in `train`, the running ones in `eval`. */
  readonly mode: 'train' | 'eval';
  /**
   * Whether the backward pass makes the activations again from the inputs instead of keeping them:
   * the same bits, in more time and less memory. Default false. For backends that run a cell in one
   * call; where the tape differentiates it, the tape keeps.
   */
  readonly recompute?: boolean;
  /** Default `float32`. */
  readonly precision?: Precision;
}

const show = (shape: readonly number[]): string => `[${shape.join(', ')}]`;

function expect(path: string, found: readonly number[], ...allowed: readonly (readonly number[])[]): void {
  if (!allowed.some((shape) => shape.join() === found.join())) {
    invalidArgument(path, `expected ${allowed.map(show).join(' or ')}, found ${show(found)}`);
  }
}

/** Checks every argument against the schedule; returns the batch size. */
export function checkArguments(schedule: CellSchedule, { inputs, weights, mix, running, mode }: CellArguments): number {
  const shapes = cellShapes(schedule);
  if (inputs.length !== schedule.inputs.length) {
    invalidArgument('inputs', `expected ${schedule.inputs.length} tensors, found ${inputs.length}`);
  }
  const batch = inputs[0]?.shape[0] ?? 0;
  inputs.forEach((input, i) => {
    const { height, width, channels } = shapes[i] as StateShape;
    expect(`inputs[${i}]`, input.shape, [batch, height, width, channels]);
  });
  expect('weights', weights.shape, [schedule.weightCount]);
  expect('mix', mix.shape, [schedule.mixCount], [batch, schedule.mixCount]);
  if (running !== undefined) expect('running', running.shape, [schedule.statisticCount]);
  if (mode === 'eval' && running === undefined && schedule.statisticCount > 0) {
    invalidArgument('running', 'norms in eval mode need running statistics');
  }
  return batch;
}

import { composeCell } from '../../cell/compose.js';
import { runCell } from '../../cell/run.js';
import type { CellSchedule } from '../../cell/schedule.js';
import { tensor } from '../../tensor/create.js';
import { tidy } from '../../tensor/memory.js';
import { read } from '../../tensor/read.js';
import { relativeDifference } from './numbers.js';
import { cellInputs, type RunOptions } from './run-schedule.js';

/**
 * How far a cell composed from the backend's own primitives is from what its executor of whole
 * cells gives, in training.
 */
export function composedDifference(schedule: CellSchedule, options: RunOptions): number {
  const { states, weights, mix } = cellInputs(schedule, options);
  return tidy(() => {
    const given = {
      inputs: states.map(({ values, shape }) => tensor(values, shape)),
      weights: tensor(weights.values, weights.shape),
      mix: tensor(mix.values, mix.shape),
      mode: 'train',
    } as const;
    const { output } = runCell(schedule, given);
    return relativeDifference(read(output), read(composeCell(schedule, given, options.batch).output));
  });
}

import { EngineError } from '../errors.js';
import { inspect } from './inspect.js';
import type { CellSchedule, StateShape } from './schedule.js';

const known = new WeakMap<CellSchedule, readonly StateShape[]>();

/**
 * Shape of every state: the inputs, then the nodes.
 * @throws EngineError `invalid_schedule`, with the path of every fault
 */
export function cellShapes(schedule: CellSchedule): readonly StateShape[] {
  let shapes = known.get(schedule);
  if (shapes === undefined) {
    const { shapes: found, faults } = inspect(schedule);
    if (faults.length > 0) throw new EngineError('invalid_schedule', 'The cell schedule cannot be run.', faults);
    shapes = found;
    known.set(schedule, shapes);
  }
  return shapes;
}

/**
 * Checks a schedule in full; the result is remembered per object, so a schedule must not be changed
 * after its first use.
 */
export function validateSchedule(schedule: CellSchedule): void {
  cellShapes(schedule);
}

/** Shape of the result: the output states side by side along channels. */
export function outputShape(schedule: CellSchedule): StateShape {
  const shapes = cellShapes(schedule);
  const states = schedule.output.map((state) => shapes[state] as StateShape);
  const { height, width } = states[0] as StateShape;
  return { height, width, channels: states.reduce((total, { channels }) => total + channels, 0) };
}

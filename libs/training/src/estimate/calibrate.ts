import { breathe } from '../loop/dependencies.js';

/** Steps that are timed, after one that plans and warms up; fewer when they are slow. */
const TIMED_STEPS = 4;
const BUDGET_SECONDS = 2;

/** The most steps that a calibration takes. */
export const CALIBRATION_STEPS = 1 + TIMED_STEPS;

/** Mean seconds of a step, from a few. */
export async function secondsPerStep(run: (step: number) => void, signal: AbortSignal | undefined): Promise<number> {
  await breathe(signal);
  run(0);
  let seconds = 0;
  let steps = 0;
  while (steps < TIMED_STEPS && (steps === 0 || seconds < BUDGET_SECONDS)) {
    await breathe(signal);
    const started = performance.now();
    run(++steps);
    seconds += (performance.now() - started) / 1000;
  }
  return seconds / steps;
}

/**
 * Environment variable that tells a worker how many may be at work on its machine at one time,
 * itself included.
 */
export const workersVariable = 'ONESHOT_WORKERS';

/** How many workers share this machine's memory; 1 where nobody said. */
export function workersBeside(environment: NodeJS.ProcessEnv = process.env): number {
  const count = Number(environment[workersVariable]);
  return Number.isInteger(count) && count >= 1 ? count : 1;
}

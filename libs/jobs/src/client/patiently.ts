import { setTimeout as pause } from 'node:timers/promises';
import { Code, ServiceError } from '@oneshot/service-kit';

const passing: ReadonlySet<Code> = new Set([Code.UNAVAILABLE, Code.DEADLINE_EXCEEDED]);
const longestPauseMs = 2000;

/**
 * Whether a full disk of the service is waited out, as a worker must, or told at once, to a person
 * who can do something about it.
 */
export type FullDisk = 'wait' | 'fail';

/**
 * Repeats a call for as long as its service cannot be reached or, unless told otherwise, its disk
 * is full, until the signal is aborted.
 */
export async function patiently<Result>(
  call: () => Promise<Result>,
  signal: AbortSignal,
  fullDisk: FullDisk = 'wait',
): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    signal.throwIfAborted();
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof ServiceError) || !willPass(error, fullDisk)) throw error;
    }
    await pause(Math.min(longestPauseMs, 100 * 2 ** Math.min(attempt, 20)), undefined, { signal });
  }
}

function willPass({ code, reason }: ServiceError, fullDisk: FullDisk): boolean {
  return passing.has(code) || (reason === 'DISK_FULL' && fullDisk === 'wait');
}

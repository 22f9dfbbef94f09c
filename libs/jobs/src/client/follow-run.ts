import { setTimeout as pause } from 'node:timers/promises';
import { RunState, type RunUpdate, type WatchRunRequest } from '@oneshot/contracts';
import { type CallOptions, Code, ServiceError } from '@oneshot/service-kit';

export interface FollowOptions {
  /** The service's own watch, such as `client.watchSearch`. */
  readonly watch: (request: WatchRunRequest, options?: CallOptions) => AsyncIterable<RunUpdate>;
  readonly id: string;
  /** Default 0: from the run's beginning. */
  readonly afterSequence?: number;
  readonly signal?: AbortSignal;
  /** Told when the service cannot be reached; following goes on by itself. */
  readonly onInterruption?: (error: ServiceError) => void;
}

const longestPauseMs = 2000;
const passing: ReadonlySet<Code> = new Set([Code.UNAVAILABLE, Code.DEADLINE_EXCEEDED, Code.INTERNAL, Code.UNKNOWN]);

/**
 * Every change of a run until it has ended, without a gap or a repetition, whatever happens to the
 * service meanwhile.
 */
export async function* followRun(options: FollowOptions): AsyncIterable<RunUpdate> {
  let seen = options.afterSequence ?? 0;
  for (let failures = 1; ; failures += 1) {
    try {
      const call = options.signal ? { signal: options.signal } : {};
      for await (const update of options.watch({ id: options.id, afterSequence: seen }, call)) {
        seen = update.sequence;
        failures = 0;
        yield update;
      }
      return;
    } catch (error) {
      if (!(error instanceof ServiceError) || !passing.has(error.code) || options.signal?.aborted) throw error;
      options.onInterruption?.(error);
    }
    const ms = Math.min(longestPauseMs, 100 * 2 ** Math.min(failures, 20));
    await pause(ms, undefined, options.signal ? { signal: options.signal } : {});
  }
}

/** Whether a run in this state has ended. */
export function isFinalState(state: RunState): boolean {
  return (
    state === RunState.RUN_STATE_SUCCEEDED ||
    state === RunState.RUN_STATE_FAILED ||
    state === RunState.RUN_STATE_CANCELLED
  );
}

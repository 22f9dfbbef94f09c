import type { RunFailure } from '../runs/run-record.js';
import type { RunRow } from '../runs/tables.js';
import type { RunColumns } from '../runs/write-run.js';
import { workerStoppedReason } from './lease-errors.js';

export interface RetryPolicy {
  /** Failures of the work since its last checkpoint before a run is given up. */
  readonly maxFailures: number;
  /**
   * Pause before the second attempt, in milliseconds; four times as long after each further
   * failure, up to a minute.
   */
  readonly backoffMs: number;
}

/**
 * What becomes of a run after an attempt that did not end it: FAILED, or queued again after a
 * pause.
 */
export type AfterFailure =
  | { readonly ends: true; readonly columns: RunColumns }
  | { readonly ends: false; readonly columns: RunColumns; readonly pauseMs: number };

const longestBackoffMs = 60_000;

/** What is missing will be back, and is waited for as long as that takes. */
const outages: ReadonlySet<string> = new Set([
  'DISK_FULL',
  'UNAVAILABLE',
  'DEADLINE_EXCEEDED',
  'DATABASE_BUSY',
  'SHUTTING_DOWN',
]);
/** Pause before the next look, as a multiple of the first pause after a failure. */
const outagePause = 15;

/** Damaged checkpoints of one run before something else must be wrong. */
const mostFallbacks = 5;

/** Decides what follows from a failure; `queue_position` is left to the caller. */
export function afterFailure(
  row: Pick<RunRow, 'checkpoint' | 'checkpoint_before' | 'fallbacks' | 'failures'>,
  { reason, message }: RunFailure,
  retryable: boolean,
  { maxFailures, backoffMs }: RetryPolicy,
): AfterFailure {
  const told = { failure_reason: reason, failure_message: message };
  const again = (columns: RunColumns, pauseMs: number): AfterFailure => ({
    ends: false,
    columns: { ...columns, state: 'QUEUED' },
    pauseMs,
  });
  if (reason === workerStoppedReason) return again({}, 0);
  if (outages.has(reason)) return again(told, Math.min(longestBackoffMs, outagePause * backoffMs));
  if (reason.startsWith('CHECKPOINT_') && row.checkpoint !== null && row.fallbacks < mostFallbacks) {
    const from = row.checkpoint_before === null ? 'starts anew' : 'goes on from the checkpoint before it';
    const fallback = { checkpoint: row.checkpoint_before, checkpoint_before: null, fallbacks: row.fallbacks + 1 };
    return again({ ...told, failure_message: `${message} The run ${from}.`, ...fallback }, 0);
  }
  const failures = row.failures + 1;
  if (retryable && failures < maxFailures) {
    return again({ ...told, failures }, Math.min(longestBackoffMs, backoffMs * 4 ** (failures - 1)));
  }
  return { ends: true, columns: { ...told, failures, state: 'FAILED' } };
}
